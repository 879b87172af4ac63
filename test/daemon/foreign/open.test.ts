/** What lies at a path is looked at before it is read: pipes, devices, links, sizes, swaps. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { rename, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { coerceError } from '../../../daemon/errors.js';
import { requireFileName } from '../../../daemon/foreign/file-type.js';
import { KINDS } from '../../../daemon/foreign/kinds.js';
import { readForeign } from '../../../daemon/foreign/open.js';
import { sized } from '../../hostile/sized.js';
import { tempDir } from '../../support/tmp.js';

const prompt = (root: string | null) => ({ kind: KINDS.prompt, root });

/** What is read, or why not without the path in front. */
async function outcome(file: string, root: string | null): Promise<string> {
  return readForeign(file, prompt(root)).then(String, (error: unknown) =>
    coerceError(error).message.replace(`${file}: `, ''),
  );
}

/** A watched folder, and a secret beside it. */
function scene() {
  const folder = tempDir();
  const root = path.join(folder, 'watched');
  mkdirSync(path.join(root, 'deep'), { recursive: true });
  mkdirSync(path.join(folder, 'other'));
  writeFileSync(path.join(folder, 'secret'), 'SECRET');
  writeFileSync(path.join(folder, 'other', 'p'), 'SECRET');
  writeFileSync(path.join(root, 'deep', 'p'), 'inside');
  return { folder, root, at: (name: string) => path.join(root, name) };
}

const OUT = 'this is a link that leads out of the watched folder; copy the file itself there.';

test('links are followed as long as they stay below the root', async () => {
  const { folder, root, at } = scene();
  const cases: readonly (readonly [string, string, string])[] = [
    ['relative', 'deep/p', 'inside'],
    ['absolute', at('deep/p'), 'inside'],
    ['chain', 'relative', 'inside'],
    ['out', '../secret', OUT],
    ['out-absolute', path.join(folder, 'secret'), OUT],
    ['out-chain', 'out', OUT],
    ['folder-out', '../other', OUT],
    ['proc', '/proc/self/environ', OUT],
    ['root', '/', OUT],
  ];
  for (const [name, target] of cases) symlinkSync(target, at(name));
  for (const [name, , says] of cases) expect([name, await outcome(at(name), root)]).toEqual([name, says]);
  expect(await outcome(at('folder-out/p'), root)).toBe(OUT);
  linkSync(path.join(folder, 'secret'), at('hard'));
  expect(await outcome(at('hard'), root)).toBe('SECRET'); // who made it could read it
});

test('what is no regular file is never opened, whatever it is called', async () => {
  const { root, at } = scene();
  mkdirSync(at('folder'));
  const cases: [string, string][] = [['folder', 'this is a folder; name a file.']];
  if (process.platform !== 'win32') {
    execFileSync('mkfifo', [at('pipe')]);
    const server = createServer().listen(at('socket'));
    onTestFinished(() => void server.close());
    cases.push(['pipe', 'this is a pipe, and no file; put a regular file there.']);
    cases.push(['socket', 'this is a socket, and no file; put a regular file there.']);
    expect(await outcome('/dev/zero', null)).toBe('this is a device, and no file; put a regular file there.');
  }
  for (const [name, says] of cases) expect([name, await outcome(at(name), root)]).toEqual([name, says]);
  if (process.platform !== 'linux') return;
  for (const file of ['/proc/self/environ', '/proc/kmsg', '/sys/kernel/profiling']) {
    expect(await outcome(file, null)).toBe('this is a file of the system itself; name a file on a disk.');
  }
});

test('more than its kind can have is not read, and costs no memory', async () => {
  const { root, at } = scene();
  writeFileSync(at('huge'), '');
  truncateSync(at('huge'), 1.1e9);
  const before = process.memoryUsage().rss;
  const says = 'this has 1.1 GB; a prompt has at most 1 MiB, so see whether it is the right file.';
  expect(await outcome(at('huge'), root)).toBe(says);
  expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
});

test.each([
  'NUL',
  'C:\\shots\\nul.txt',
  'C:\\shots\\COM1',
  'C:\\aux\\prompt.txt',
  '\\\\.\\pipe\\x',
  '//?/GLOBALROOT/Device/x',
  'C:\\shots\\con:stream',
])('a device of Windows: %s', (file) => {
  expect(() => requireFileName(file, path.win32)).toThrow(/this is the name of a device/);
});

test.each(['C:\\shots\\null.txt', '\\\\?\\C:\\shots\\p.txt', '\\\\?\\UNC\\nas\\shots\\p.txt', '\\\\nas\\console\\p'])(
  'a file of Windows: %s',
  (file) => {
    requireFileName(file, path.win32);
  },
);

test('a file that is swapped between the look and the opening is never read', async () => {
  if (process.platform === 'win32') return expect(path.sep).toBe('\\'); // links need rights there
  const { folder, root, at } = scene();
  const secret = path.join(folder, 'secret');
  const [good, bad] = [at('good'), at('bad')];
  writeFileSync(good, 'inside');
  symlinkSync(secret, bad);
  symlinkSync(path.join(folder, 'other'), at('evil'));
  let isOver = false;
  const swap = async () => {
    for (let turn = 0; !isOver; turn++) {
      const [file, dir] = turn % 2 === 0 ? ['good', 'deep'] : ['bad', 'evil'];
      await symlink(file, at('now-new')).then(() => rename(at('now-new'), at('now')));
      await symlink(dir, at('dir-new')).then(() => rename(at('dir-new'), at('dir')));
    }
  };
  const swapping = swap();
  const seen = new Set<string>();
  for (let turn = 0; turn < sized(150, 20_000); turn++) {
    seen.add(await outcome(at('now'), root));
    seen.add(await outcome(at('dir/p'), root));
  }
  isOver = true;
  await swapping;
  expect([...seen]).not.toContain('SECRET');
  expect(seen).toContain('inside');
});
