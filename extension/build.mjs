// Bundles the extension into dist/: one file that VS Code loads, the page of its form, and the schemas that its editors read.
// `--vsix FILE` packs it as well; vsce comes from this folder's own lock file.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { vsix: { type: 'string' } } });

/** Zod carries its messages in fifty languages, a third of the bundle; English is the one that is ever chosen. */
const englishZod = {
  name: 'english-zod',
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};

rmSync(path.join(here, 'dist'), { recursive: true, force: true });
await build({
  entryPoints: [path.join(here, 'src/extension.ts')],
  outfile: path.join(here, 'dist/extension.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'], // the other build of jsonc-parser loads its files by names that no bundler can follow
  external: ['vscode', 'bufferutil', 'utf-8-validate'], // the last two: optional native helpers of ws
  minify: true,
  plugins: [englishZod],
  sourcemap: false,
  legalComments: 'linked',
  logLevel: 'warning',
});
await build({
  entryPoints: [
    { in: path.join(here, 'src/editor/page/main.ts'), out: 'editor' },
    { in: path.join(here, 'src/editor/page/editor.css'), out: 'editor' },
  ],
  outdir: path.join(here, 'dist'),
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  minify: true,
  logLevel: 'warning',
});
for (const shipped of ['schemas/json/clip-manifest.schema.json', 'docs/SPEC-RULES.md']) {
  cpSync(path.join(here, '..', shipped), path.join(here, 'dist', shipped.replace('/json', '').replace('docs/', '')));
}
if (values.vsix !== undefined) pack(path.resolve(values.vsix));

function pack(file) {
  const vsce = path.join(here, 'node_modules/@vscode/vsce/vsce');
  if (!existsSync(vsce)) run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  mkdirSync(path.dirname(file), { recursive: true });
  run(process.execPath, [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--skip-license',
    '-o',
    file,
  ]);
}

function run(program, args) {
  // npm is a .cmd file on Windows, which only a shell can start; the arguments here are constants and one path of ours.
  const shell = process.platform === 'win32' && program === 'npm';
  const { status, error } = spawnSync(program, args, { cwd: here, stdio: ['ignore', 2, 2], shell });
  if (status === 0) return;
  process.stderr.write(`\n${program} ${args[0]} failed${error ? `: ${error.message}` : ''}.\n`);
  process.exit(1);
}
