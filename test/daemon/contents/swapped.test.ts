/** Files of a job that a neighbour swaps or goes on writing after they were submitted. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ContentStore } from '../../../daemon/contents/freeze.js';
import { Hasher } from '../../../daemon/contents/hash.js';
import { frozenPieces, requireUnchanged, signatureOf } from '../../../daemon/contents/signature.js';
import type { FrozenFile } from '../../../schemas/index.js';
import { freshStateDir, frozen } from '../../support/encoder.js';
import { tempDir } from '../../support/tmp.js';

const signal = new AbortController().signal;
const MOMENT = 1_700_000_000;
const BYTES = Buffer.alloc(600_000, 'frame');

let root: string;
let file: FrozenFile;
let secret: string;
beforeEach(() => {
  root = tempDir();
  const plate = path.join(root, 'plate.mp4');
  secret = path.join(tempDir(), 'secret.mp4');
  for (const one of [plate, secret]) {
    writeFileSync(one, BYTES);
    utimesSync(one, MOMENT, MOMENT);
  }
  file = frozen(plate);
});

/** Every way to read it. */
const readers: Readonly<Record<string, () => Promise<unknown>>> = {
  look: () => requireUnchanged(file, root),
  hash: () => new Hasher({ get: () => undefined, put: () => {} }).hash(file, root, signal),
  freeze: () => new ContentStore(freshStateDir()).freeze(file, root, signal),
};

/** Each keeps size and time, or is told by them. */
const SWAPS: Readonly<Record<string, [swap: () => void, why: string]>> = {
  'a link that leads out, to a file of the same size and time': [
    () => {
      rmSync(file.path);
      symlinkSync(secret, file.path);
    },
    'was replaced (this is a link that leads out of the watched folder)',
  ],
  'a pipe': [
    () => {
      rmSync(file.path);
      execFileSync('mkfifo', [file.path]);
    },
    'was replaced (this is a pipe, and no file)',
  ],
  'a link to a device': [
    () => {
      rmSync(file.path);
      symlinkSync('/dev/zero', file.path);
    },
    'was replaced (this is a link that leads out of the watched folder)',
  ],
  'a longer file': [() => appendFileSync(file.path, 'x'), 'changed'],
  'a file of another time': [() => utimesSync(file.path, MOMENT, MOMENT + 1), 'changed'],
  nothing: [() => rmSync(file.path), 'was removed'],
};

const cases = Object.keys(SWAPS).flatMap((swap) => Object.keys(readers).map((reader) => [swap, reader] as const));

test.each(cases)('%s in its place is noticed by %s', async (swap, reader) => {
  const [change, why] = SWAPS[swap] ?? [() => {}, ''];
  change();
  await expect(readers[reader]?.()).rejects.toMatchObject({
    code: 'clip_changed',
    message: `plate.mp4 ${why} after the job was submitted; submit again.`,
  });
});

test('a link inside the folder is read as what it leads to', async () => {
  renameSync(file.path, path.join(root, 'there.mp4'));
  symlinkSync('there.mp4', file.path);
  await expect(readers.hash?.()).resolves.toMatch(/^[0-9a-f]{64}$/);
});

const changes: Readonly<Record<string, () => void>> = {
  'goes on growing': () => appendFileSync(file.path, BYTES),
  'is cut': () => truncateSync(file.path, 300_000),
  'is written over in place': () => writeFileSync(file.path, Buffer.alloc(BYTES.length, 'other')),
};

test.each(Object.keys(changes))('a file that %s while it is read is no longer that file', async (name) => {
  const pieces = frozenPieces(file, root, { signal });
  expect((await pieces.next()).done).toBe(false);
  changes[name]?.();
  const rest = (async () => {
    let bytes = 0;
    for await (const piece of pieces) bytes += piece.length;
    return bytes;
  })();
  await expect(rest).rejects.toMatchObject({ code: 'clip_changed' });
});

test('what is read is what was opened, whatever gets its name meanwhile', async () => {
  const read: Buffer[] = [];
  for await (const piece of frozenPieces(file, root, { signal })) {
    if (read.length === 0) {
      renameSync(file.path, `${file.path}.old`);
      symlinkSync(secret, file.path);
    }
    read.push(piece);
  }
  expect(Buffer.concat(read).equals(BYTES)).toBe(true);
  await expect(requireUnchanged(file, root)).rejects.toMatchObject({ code: 'clip_changed' }); // the encoder asks it last
});

test('what does not fit on the disk is told before a byte is copied', async () => {
  truncateSync(file.path, 2 ** 42);
  const stateDir = freshStateDir();
  await expect(new ContentStore(stateDir).freeze(frozen(file.path), root, signal)).rejects.toMatchObject({
    code: 'no_space_here',
    message: expect.stringMatching(/^plate\.mp4 has 4\.4 TB, and .+ are free on the disk of the state folder \(/),
  });
  expect(readdirSync(stateDir.casRoot)).toEqual([]);
});

test('what is no regular file has no signature', async () => {
  await expect(signatureOf('/dev/zero')).rejects.toMatchObject({ code: 'file_refused' });
  await expect(signatureOf(root)).rejects.toMatchObject({ code: 'file_refused' });
  expect(await signatureOf(file.path)).toEqual({ ...file, mtimeMs: statSync(file.path).mtimeMs });
});
