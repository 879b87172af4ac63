import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openFilesBelow } from '../../../support/open-files.js';
import { clientOf, connected } from '../../../support/ssh-client.js';
import { Sshd } from '../../../support/sshd.js';
import { tempDir } from '../../../support/tmp.js';

/** Not a multiple of the chunk, and more than all chunks in flight. */
const SIZE = 40 * 2 ** 20 + 12_345;

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

function localFile(bytes: Buffer): string {
  const file = path.join(tempDir(), 'file');
  writeFileSync(file, bytes);
  return file;
}

async function world() {
  const { sshd, connection } = await connected();
  const files = await connection.files();
  const at = (name: string) => path.posix.join(sshd.home, name);
  return { sshd, connection, files, at };
}

test('sends and fetches byte for byte, with progress', async () => {
  const { sshd, files, at } = await world();
  const bytes = randomBytes(SIZE);
  const sent: number[] = [];
  await files.put(localFile(bytes), at("it's a $(name)\n"), { onBytes: (count) => sent.push(count) });
  expect(sha256(readFileSync(path.join(sshd.home, "it's a $(name)\n")))).toBe(sha256(bytes));
  expect(sent.at(-1)).toBe(SIZE);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));

  const copy = path.join(tempDir(), 'copy');
  const received: number[] = [];
  await files.get(at("it's a $(name)\n"), copy, { onBytes: (count) => received.push(count) });
  expect(sha256(readFileSync(copy))).toBe(sha256(bytes));
  expect(received.at(-1)).toBe(SIZE);
});

test('an empty file; an existing longer one is replaced', async () => {
  const { files, at } = await world();
  await files.put(localFile(randomBytes(1000)), at('a'));
  await files.put(localFile(Buffer.alloc(0)), at('a'));
  expect(await files.size(at('a'))).toBe(0);
  const copy = localFile(randomBytes(10));
  await files.get(at('a'), copy);
  expect(statSync(copy).size).toBe(0);
});

test('size of what is there, and of what is not', async () => {
  const { files, at } = await world();
  await files.put(localFile(Buffer.alloc(77)), at('a'));
  expect(await files.size(at('a'))).toBe(77);
  expect(await files.size(at('b'))).toBeUndefined();
});

describe('continued from a byte', () => {
  test('keeps what is before it and drops what is behind it', async () => {
    const { sshd, files, at } = await world();
    const bytes = randomBytes(SIZE);
    const half = Math.floor(SIZE / 2);
    await files.put(localFile(Buffer.concat([bytes.subarray(0, half), Buffer.alloc(SIZE, 'old')])), at('up'));
    await files.put(localFile(bytes), at('up'), { fromByte: half });
    expect(sha256(readFileSync(path.join(sshd.home, 'up')))).toBe(sha256(bytes));

    const local = localFile(Buffer.concat([bytes.subarray(0, half), Buffer.alloc(99)]));
    const received: number[] = [];
    await files.get(at('up'), local, { fromByte: half, onBytes: (count) => received.push(count) });
    expect(sha256(readFileSync(local))).toBe(sha256(bytes));
    expect(received[0]).toBeGreaterThan(half);
  });

  test('never behind the end, which would leave a hole', async () => {
    const { files, at } = await world();
    await files.put(localFile(Buffer.alloc(10)), at('a'));
    const error = { code: 'host_file_failed' };
    await expect(files.put(localFile(Buffer.alloc(99)), at('a'), { fromByte: 50 })).rejects.toMatchObject(error);
    await expect(files.put(localFile(Buffer.alloc(5)), at('a'), { fromByte: 8 })).rejects.toMatchObject(error);
    await expect(files.get(at('a'), localFile(Buffer.alloc(3)), { fromByte: 8 })).rejects.toMatchObject(error);
    expect(await files.size(at('a'))).toBe(10);
  });

  test('what a cut or an abort leaves is a prefix without holes', async () => {
    const { sshd, files, at } = await world();
    const bytes = randomBytes(SIZE);
    const abort = new AbortController();
    const stopAt = (count: number) => count > SIZE / 3 && abort.abort(new Error('enough'));
    await expect(files.put(localFile(bytes), at('a'), { signal: abort.signal, onBytes: stopAt })).rejects.toThrow(
      'enough',
    );
    const part = readFileSync(path.join(sshd.home, 'a'));
    expect(part.length).toBeGreaterThan(SIZE / 3);
    expect(part.length).toBeLessThan(SIZE);
    expect(part.equals(bytes.subarray(0, part.length))).toBe(true);

    await files.put(localFile(bytes), at('b'));
    const copy = path.join(tempDir(), 'copy');
    const fetching = files.get(at('b'), copy, { onBytes: (count) => void (count > SIZE / 3 && sshd.kill()) });
    await expect(fetching).rejects.toMatchObject({ code: 'host_connection_lost' });
    const got = readFileSync(copy);
    expect(got.length).toBeGreaterThan(SIZE / 3);
    expect(got.equals(bytes.subarray(0, got.length))).toBe(true);
  });
});

test('no handle stays open after an end, a failure or an abort', async () => {
  const { sshd, files, at } = await world();
  const local = localFile(randomBytes(SIZE));
  const folder = path.dirname(local);
  const open = () => [...openFilesBelow(sshd.home), ...openFilesBelow(folder)];
  let during: string[] | undefined;
  const onBytes = () => {
    during ??= open();
  };
  await files.put(local, at('a'), { onBytes });
  expect(during).toEqual([path.join(sshd.home, 'a'), local]);
  expect(open()).toEqual([]);
  await expect(files.get(at('a'), '/nowhere/at/all')).rejects.toMatchObject({ code: 'ENOENT' });
  expect(open()).toEqual([]);
  for (const move of [files.put.bind(files, local, at('b')), files.get.bind(files, at('a'), path.join(folder, 'c'))]) {
    const abort = new AbortController();
    const onBytes = () => abort.abort(new Error('enough'));
    await expect(move({ signal: abort.signal, onBytes })).rejects.toThrow('enough');
    expect(open()).toEqual([]);
  }
});

describe('failures', () => {
  test('no such file, no permission: a code and a sentence', async () => {
    const { files, at } = await world();
    const local = localFile(Buffer.alloc(10));
    await expect(files.get(at('none'), `${local}2`)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining(at('none')),
    });
    await expect(files.put(local, at('no/such/folder'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(files.put(local, '/etc/cosmos-test')).rejects.toMatchObject({
      code: 'host_file_failed',
      message: expect.stringMatching(/ada may not use/),
    });
  });

  test('a full disk is called by its name', async () => {
    const sshd = await Sshd.up({ tmpfs: '3m' });
    const files = await (await clientOf(sshd).open('gpu')).files();
    const sending = files.put(localFile(randomBytes(8 * 2 ** 20)), path.posix.join(sshd.home, 'small', 'a'));
    await expect(sending).rejects.toMatchObject({ code: 'disk_full', message: expect.stringContaining('gpu') });
  });
});

test('files work again on a new channel when the old one is gone', async () => {
  const { connection, at } = await world();
  await connection.run('pkill -u "$(id -u)" -f "^sshd: ada@internal-sftp|sftp-server" || :');
  await vi.waitFor(async () => expect(await (await connection.files()).size(at('none'))).toBeUndefined());
});
