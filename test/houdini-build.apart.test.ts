/** houdini/build.mjs: what it makes, and on a computer that lacks something the sentence and the command that failed. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkHoudini } from '../daemon/cli/doctor/houdini.js';
import { runProcess } from '../daemon/process.js';
import { tempDir } from './support/tmp.js';
import { listing, plant } from './support/tree.js';

const sources = fileURLToPath(new URL('../houdini/', import.meta.url));

/** A copy of the sources with a cache of its own. */
function copy(): string {
  const folder = path.join(tempDir(), 'houdini');
  cpSync(sources, folder, { recursive: true });
  return folder;
}

/** Builds there, with the programs of these folders alone. */
function build(folder: string, programs = process.env.PATH, args: string[] = []) {
  const command = [path.join(folder, 'build.mjs'), ...args];
  return new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, command, { env: { ...process.env, PATH: programs } }, (error, _stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stderr });
    });
  });
}

/** A folder with a `python3` that has pip, which reaches nothing. */
function pythonWithoutNetwork(): string {
  const folder = tempDir();
  plant(folder, {
    python3: '#!/bin/sh\ncase "$*" in *--version) exit 0 ;; esac\necho "no route to host" >&2\nexit 1\n',
  });
  chmodSync(path.join(folder, 'python3'), 0o755);
  return folder;
}

test('without a Python', async () => {
  const { code, stderr } = await build(copy(), tempDir());
  expect(code).toBe(1);
  expect(stderr).toMatch(/could not be built.*ENOENT.*-m venv.*Install Python 3 with pip or venv/s);
});

test.skipIf(process.platform === 'win32')('without a network', async () => {
  const { code, stderr } = await build(copy(), pythonWithoutNetwork());
  expect(code).toBe(1);
  expect(stderr).toMatch(/no route to host.*python3 -m pip download .*--require-hashes.*Check the network/s);
});

test('the zip, unpacked into a preference folder, is a whole plugin', async () => {
  const folder = copy();
  symlinkSync(path.join(sources, '../node_modules'), path.join(folder, '../node_modules')); // the wheel that is there
  const zip = path.join(folder, 'plugin.zip');
  expect(await build(folder, process.env.PATH, ['--zip', zip])).toMatchObject({ code: 0 });
  const home = tempDir();
  const preferences = path.join(home, 'houdini21.0');
  await runProcess(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'zipfile', '-e', zip, preferences]);
  expect(listing(preferences)).toEqual(listing(path.join(folder, '../dist/houdini')));
  const { version } = JSON.parse(readFileSync(path.join(preferences, 'packages/cosmos_bridge.json'), 'utf8'));
  const surroundings = { platform: 'linux', env: {}, home } as const;
  expect(await checkHoudini(version, surroundings)).toMatchObject([{ name: 'Houdini 21.0', level: 'ok' }]);
});
