/** One big file in either direction: what it leaves open, and a source that changes under it. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { partName } from '../../../../daemon/host/transfer/stock.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { contentOf, MB, unfinished, visible } from '../../../support/contents.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { openFilesBelow } from '../../../support/open-files.js';
import { tempDir } from '../../../support/tmp.js';

const never = new AbortController().signal;

let remote: LocalRemote;
let root: string;
let local: string;
let store: RemoteStore;

beforeEach(() => {
  remote = new LocalRemote();
  root = path.join(tempDir(), 'root');
  local = tempDir();
  store = new RemoteStore(remote, root, systemClock, 'daemon');
});

function abortedAfter(bytes: number): AbortSignal {
  const abort = new AbortController();
  remote.line.onPiece = () => {
    if (remote.line.up + remote.line.down > bytes) abort.abort(new Error('enough'));
  };
  return abort.signal;
}

test('no file stays open after an end, a failure or an abort', async () => {
  const file = contentOf(local, 'big', 20 * MB);
  const to = path.join(local, 'got');
  await store.ensure([file], never);
  await store.fetch([{ from: file.from, to }], never);
  expect(openFilesBelow(local)).toEqual([]);
  const other = contentOf(local, 'other', 20 * MB);
  await expect(store.ensure([other], abortedAfter(21 * MB + remote.line.down))).rejects.toThrow('enough');
  await expect(store.fetch([{ from: other.from, to }], abortedAfter(MB))).rejects.toThrow('enough');
  await expect(store.fetch([{ from: file.from, to: path.join(local, 'big', 'x') }], never)).rejects.toThrow();
  await remote.idle();
  expect(openFilesBelow(local)).toEqual([]);
});

describe('a source that changes while it is sent', () => {
  test('and becomes shorter: the clip changed', async () => {
    const file = contentOf(local, 'big', 30 * MB);
    remote.line.onPiece = () => truncateSync(file.from, 9 * MB);
    await expect(store.ensure([file], never)).rejects.toMatchObject({ code: 'clip_changed' });
    expect(visible(root)).toEqual([]);
  });

  test('and keeps its size: nothing of it stays', async () => {
    const file = contentOf(local, 'big', 30 * MB);
    writeFileSync(file.from, Buffer.alloc(file.bytes));
    await expect(store.ensure([file], never)).rejects.toMatchObject({ code: 'transfer_failed' });
    expect(visible(root)).toEqual([]);
    expect(unfinished(root)).toEqual([]);
  });
});

test('a part that is longer than what it is continued with loses its end', async () => {
  const file = contentOf(local, 'big', 40 * MB);
  await store.ensure([], never);
  await store.ensure([contentOf(local, 'small', 'makes the folders')], never);
  const part = path.join(root, 'cas/incoming', partName(file.sha256, 'daemon'));
  writeFileSync(part, Buffer.concat([readFileSync(file.from).subarray(0, 8 * MB), Buffer.alloc(32 * MB)]));
  remote.line.cutAfter = 10 * MB;
  await expect(store.ensure([file], never)).rejects.toMatchObject({ code: 'host_connection_lost' });
  await remote.idle();
  expect(readFileSync(part).length).toBeLessThan(20 * MB);
  expect((await store.ensure([file], never)).sentBytes).toBeLessThan(33 * MB);
  expect(visible(root)).toHaveLength(2);
});
