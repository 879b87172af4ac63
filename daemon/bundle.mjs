// Bundles what tsc made of the CLI (dist/daemon, dist/client, dist/schemas) into dist/bundle, and lets V8 keep the code
// of a typical command: docs/decisions/cli-start.md. The files of dist/ stay, and run where the bundle is not of their build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { PARTS, stampNow } = createRequire(import.meta.url)('../dist/daemon/bundle.cjs');

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

/** All of the daemon is behind two verbs, for which start.cts takes the files of dist/: left out, the rest is read faster. */
const leftOut = {
  name: 'left-out',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]dist[\\/]daemon[\\/](?:main|demo[\\/]demo)\.js$/ }, ({ path: file }) => ({
      contents: `throw new Error(${JSON.stringify(`${path.basename(file)} is not in the bundle: see daemon/cli/start.cts`)});
        export const main = undefined, runDemo = undefined;`,
    }));
  },
};

const ENTRY = "export const cli = () => import('./dist/daemon/cli/main.js');";

const stamp = stampNow();
rmSync(PARTS.folder, { recursive: true, force: true });
mkdirSync(PARTS.folder, { recursive: true });
await build({
  absWorkingDir: root,
  stdin: { contents: ENTRY, resolveDir: root },
  outfile: PARTS.program,
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
  plugins: [leftOut, englishZod, ownPlaces],
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
  logLevel: 'warning',
});
const state = mkdtempSync(path.join(tmpdir(), 'cosmos-bundle-'));
try {
  const warmUp = fileURLToPath(new URL('bundle-cache.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [warmUp, state], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
  writeFileSync(PARTS.stamp, stamp);
} finally {
  rmSync(state, { recursive: true, force: true });
}
