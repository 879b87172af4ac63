/** The bundles are copies of dist/: what they answer is the same, and they are used for their own build alone. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { distFile } from '../../support/dist.js';
import { tempDir } from '../../support/tmp.js';

/** A checkout with nothing but what the command needs, and its bundle. */
function checkout() {
  const root = tempDir();
  // Without maps and declarations: a busy disk takes long to make and remove thousands of files.
  const filter = (file: string) => !/\.(?:map|d\.[cm]?ts)$/.test(file);
  for (const folder of ['daemon', 'client', 'schemas'])
    cpSync(distFile(folder), path.join(root, 'dist', folder), { recursive: true, filter });
  mkdirSync(path.join(root, 'daemon'));
  const real = path.join(distFile('.'), '..');
  for (const file of ['package.json', 'daemon/bundle.mjs', 'daemon/bundle-cache.mjs'])
    cpSync(path.join(real, file), path.join(root, file));
  symlinkSync(path.join(real, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  return root;
}

function run(root: string, ...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: root, COSMOS_STATE_DIR: path.join(root, 'state') };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('the bundles answer as the files do, and step back when they have changed', () => {
  const root = checkout();
  const start = path.join(root, 'dist/daemon/cli/start.cjs');
  // "Did you mean 720?" comes from a pattern with a letter that is no ASCII: the bundle has to be read as it was written.
  writeFileSync(path.join(root, 'wide.json'), '{"name": "a", "prompt": "b", "edge": {}, "resolution": "1280×720"}');
  const asked = [
    ['--help'],
    ['help', 'spec', 'check'],
    ['completion', 'zsh'],
    ['submit', 'spec', '--weight', 'edge=2'],
    ['submit', 'x', '--weight', 'edge=2'],
    ['spec', 'check', 'wide.json'],
    ['clip', 'show', '/no/such/clip'],
  ];
  const fromFiles = asked.map((args) => run(root, start, ...args));
  expect(fromFiles[5]?.stdout).toContain('Did you mean "720"?');
  expect(run(root, path.join(root, 'daemon/bundle.mjs'))).toEqual({ status: 0, stdout: '', stderr: '' });
  // Whoever reads this file from now on ends with 7.
  writeFileSync(path.join(root, 'dist/daemon/cli/main.js'), 'process.exit(7);');
  expect(asked.map((args) => run(root, start, ...args))).toEqual(fromFiles);
  expect(run(root, start, 'demo', '--help').status).toBe(7);
  expect(run(root, start, 'daemon', '--help').status).toBe(7);
  utimesSync(path.join(root, 'dist/daemon/tsconfig.tsbuildinfo'), 1, 1);
  expect(run(root, start, '--help').status).toBe(7);
});
