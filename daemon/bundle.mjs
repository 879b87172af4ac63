// Bundles what tsc made of the CLI (dist/daemon, dist/schemas) into dist/bundle, and lets V8 keep the code of typical
// commands: docs/decisions/cli-start.md. The files of dist/ stay, and run where the bundles are not of their build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { LOCAL, NAMES, PARTS, stampNow } = createRequire(import.meta.url)('../dist/daemon/bundle.cjs');

/** Zod carries its messages in fifty languages; English is the one that is ever chosen. */
const englishZod = {
  name: 'english-zod',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

/** A file finds what lies beside it (package.json, workers, launch.js) from where it was, not from the bundle. */
const ownPlaces = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.m?js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const below = JSON.stringify(path.relative(PARTS.folder, file).replaceAll('\\', '/'));
      const here = `require('node:url').pathToFileURL(require('node:path').resolve(__dirname, ${below})).href`;
      return { contents: text.replaceAll('import.meta.url', `(${here})`) };
    });
  },
};

/** All of the daemon is behind two verbs, for which start.cts takes the files of dist/. */
const DAEMON = String.raw`daemon[\\/](?:main|demo[\\/]demo)\.js$`;
const BEHIND_LOCAL = String.raw`daemon[\\/]cli[\\/]commands[\\/](?:${LOCAL.join('|')})(?:[\\/]index)?\.js$`;

/** What is left out is not read when the bundle starts. */
const leftOut = (files) => ({
  name: 'left-out',
  setup({ onLoad }) {
    onLoad({ filter: new RegExp(String.raw`[\\/]dist[\\/](?:${files.join('|')})`) }, ({ path: file }) => ({
      contents: `throw new Error(${JSON.stringify(`${path.basename(file)} is not in this bundle: see daemon/bundle.cts`)});
        export {};`,
    }));
  },
});

/**
 * Modules of Node that these packages load at once, and that no command needs, or few. They are loaded when they are used:
 * each costs milliseconds.
 */
const SELDOM_USED = [
  [/commander[\\/]lib[\\/]command\.js$/, ['node:child_process']],
  [/ws[\\/]lib[\\/](?:websocket|permessage-deflate)\.js$/, ['https', 'tls', 'zlib']],
];
const whenUsed = {
  name: 'when-used',
  setup({ onLoad }) {
    for (const [filter, names] of SELDOM_USED) {
      onLoad({ filter }, ({ path: file }) => {
        const load = new RegExp(`= require\\('(${names.join('|')})'\\);`, 'g');
        const later = "= new Proxy({}, { get: (_, key) => require('$1')[key] });";
        return { contents: readFileSync(file, 'utf8').replace(load, later) };
      });
    }
  },
};

const ENTRY = "export const cli = () => import('./dist/daemon/cli/main.js');";

const stamp = stampNow();
rmSync(PARTS.folder, { recursive: true, force: true });
mkdirSync(PARTS.folder, { recursive: true });
for (const name of NAMES) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: ENTRY, resolveDir: root },
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'], // the other build of jsonc-parser loads its files by names that no bundler can follow
    external: ['better-sqlite3', 'ssh2', 'bufferutil', 'utf-8-validate'], // native, or with native helpers
    minifyWhitespace: true, // names stay: errors and logs show them
    minifySyntax: true,
    legalComments: 'none', // nothing is shipped: the packages lie beside it with their licences
    plugins: [leftOut(name === 'asking' ? [DAEMON, BEHIND_LOCAL] : [DAEMON]), whenUsed, englishZod, ownPlaces],
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    footer: { js: '})' },
    logLevel: 'warning',
  });
  writeFileSync(PARTS[name].program, ascii(outputFiles[0].text));
}
const state = mkdtempSync(path.join(tmpdir(), 'cosmos-bundle-'));
try {
  const warmUp = fileURLToPath(new URL('bundle-cache.mjs', import.meta.url));
  for (const name of NAMES) {
    const { status } = spawnSync(process.execPath, [warmUp, name, state], { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) process.exit(1);
  }
  writeFileSync(PARTS.stamp, stamp);
} finally {
  rmSync(state, { recursive: true, force: true });
}

/** Patterns keep letters that are no ASCII, and one of them makes V8 hold the whole text in twice the bytes. */
function ascii(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
