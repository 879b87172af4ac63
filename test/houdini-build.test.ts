/** houdini/build.mjs on a computer that lacks something: it ends with a sentence and the command that failed. */
import { execFile } from 'node:child_process';
import { chmodSync, cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempDir } from './support/tmp.js';
import { plant } from './support/tree.js';

const sources = fileURLToPath(new URL('../houdini/', import.meta.url));

/** Builds a copy, whose cache is empty, with the programs of one folder alone. */
function build(programs: string): Promise<{ code: unknown; stderr: string }> {
  const copy = path.join(tempDir(), 'houdini');
  cpSync(sources, copy, { recursive: true });
  const options = { env: { PATH: programs } };
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(copy, 'build.mjs')], options, (error, _stdout, stderr) => {
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
  const { code, stderr } = await build(tempDir());
  expect(code).toBe(1);
  expect(stderr).toMatch(/could not be built.*ENOENT.*-m venv.*Install Python 3 with pip or venv/s);
});

test.skipIf(process.platform === 'win32')('without a network', async () => {
  const { code, stderr } = await build(pythonWithoutNetwork());
  expect(code).toBe(1);
  expect(stderr).toMatch(/no route to host.*python3 -m pip download .*--require-hashes.*Check the network/s);
});
