/** Cuts, aborts and changes while fetching: what has its name is whole, and what arrived is not fetched again. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { contentOf, MB } from '../../../support/contents.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { tempDir } from '../../../support/tmp.js';

const never = new AbortController().signal;
/** More than a pipe of the test's own line holds: a cut loses at most what is in flight. */
const IN_FLIGHT = 255 * 1024;

let remote: LocalRemote;
let local: string;
let store: RemoteStore;

beforeEach(() => {
  remote = new LocalRemote();
  local = tempDir();
  store = new RemoteStore(remote, path.join(tempDir(), 'root'), systemClock);
});

describe('a connection that is cut while fetching', () => {
  test.each([0.1, 0.6, 0.99])('at %f of a big file: the rest is fetched, nothing else', async (fraction) => {
    const { from, bytes } = contentOf(local, 'big', 20 * MB);
    const to = path.join(local, 'got');
    remote.line.cutAfter = Math.floor(bytes * fraction);
    await expect(store.fetch([{ from, to }], never)).rejects.toMatchObject({ code: 'host_connection_lost' });
    expect(existsSync(to)).toBe(false);
    const before = remote.line.down;
    await store.fetch([{ from, to }], never);
    expect(readFileSync(to).equals(readFileSync(from))).toBe(true);
    expect(remote.line.down - before).toBeLessThan(bytes * (1 - fraction) + 2 * IN_FLIGHT);
    expect(existsSync(`${to}.part`)).toBe(false);
  });

  test('among small files: the complete ones are usable, the others are not there', async () => {
    const files = Array.from({ length: 20 }, (_, index) => contentOf(local, `f${index}`, 100_000));
    const wanted = files.map(({ from }, index) => ({ from, to: path.join(local, 'got', `${index}`) }));
    remote.line.cutAfter = 1_000_000;
    await expect(store.fetch(wanted, never)).rejects.toMatchObject({ code: 'host_connection_lost' });
    const here = wanted.filter(({ to }) => existsSync(to));
    expect(here).toEqual(wanted.slice(0, here.length));
    expect(here.length).toBeGreaterThan(5);
    for (const { from, to } of here) expect(readFileSync(to).equals(readFileSync(from))).toBe(true);
  });
});

describe('fetching', () => {
  test('a local part of another content is thrown away', async () => {
    const { from } = contentOf(local, 'big', 9 * MB);
    const to = path.join(local, 'got');
    writeFileSync(`${to}.part`, Buffer.alloc(5 * MB));
    await store.fetch([{ from, to }], never);
    expect(readFileSync(to).equals(readFileSync(from))).toBe(true);
  });

  test.each([
    ['small', 2 * MB],
    ['big', 9 * MB],
  ])('a %s file that changes meanwhile is not taken for whole', async (_, bytes) => {
    const { from } = contentOf(local, 'file', bytes);
    const to = path.join(local, 'got');
    let isChanged = false;
    remote.line.onPiece = () => {
      if (remote.line.down < MB || isChanged) return;
      isChanged = true;
      contentOf(local, 'file', bytes);
    };
    await expect(store.fetch([{ from, to }], never)).rejects.toMatchObject({ code: 'transfer_failed' });
    expect(existsSync(to)).toBe(false);
    expect(existsSync(`${to}.part`)).toBe(false);
  });

  test.each([
    ['small', 2 * MB],
    ['big', 9 * MB],
  ])('of a %s file can be aborted', async (_, bytes) => {
    const { from } = contentOf(local, 'file', bytes);
    const abort = new AbortController();
    remote.line.onPiece = () => remote.line.down > MB && abort.abort(new Error('enough'));
    const to = path.join(local, 'got');
    await expect(store.fetch([{ from, to }], abort.signal)).rejects.toThrow('enough');
    expect(existsSync(to)).toBe(false);
    await remote.idle();
  });
});
