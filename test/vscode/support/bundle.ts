/** What VS Code loads: the extension as people get it, and the tests of the extension host, a bundle each. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { extensionFolder, hostBundles, root, vsix } from './paths.js';

/** Into extension/dist, and packed as a VSIX. */
export function bundleExtension(): void {
  const args = [path.join(extensionFolder, 'build.mjs'), '--vsix', vsix];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The extension could not be built:\n${stderr}`);
}

/** Every host/<area>.test.ts, and host/index.ts that runs them. */
export async function bundleHostTests(): Promise<void> {
  const folder = 'test/vscode/host';
  const files = readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.test.ts') || name === 'index.ts');
  await bundleForHost(files.map((name) => path.join(folder, name)));
}

/** Files of the repository into `hostBundles`, which holds nothing else then. */
export async function bundleForHost(files: readonly string[]): Promise<void> {
  rmSync(hostBundles, { recursive: true, force: true });
  await build({
    entryPoints: files.map((name) => path.join(root, name)),
    outdir: hostBundles,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'], // mocha has state: the one that runs the tests has to be the one they speak to
    logLevel: 'warning',
  });
}
