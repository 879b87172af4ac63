/** Cuts, aborts and other writers: what is visible is whole, and what arrived is not sent again. */
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { partName } from '../../../../daemon/host/transfer/stock.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { contentOf, MB, stored, unfinished, visible } from '../../../support/contents.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { tempDir } from '../../../support/tmp.js';

const never = new AbortController().signal;
/** Pieces in which a big file is handed over: a cut of the test's own line loses at most the one in flight. */
const PIECE = MB;

/** `cp -lf --parents -- FILE... ../..` that takes the first file only, as one does that lost a race for a folder. */
const CP_THAT_ENDS_HALF_DONE = `#!/bin/sh
PATH=\${PATH#*:}
cp "$1" "$2" "$3" "$4" ../..
exit 1
`;

let remote: LocalRemote;
let root: string;
let local: string;
let store: RemoteStore;
const asWriter = (writer: string) => new RemoteStore(remote, root, systemClock, writer);
const part = (sha256: string, writer = 'daemon') => path.join(root, 'cas/incoming', partName(sha256, writer));

beforeEach(() => {
  remote = new LocalRemote();
  root = path.join(tempDir(), 'root');
  local = tempDir();
  store = asWriter('daemon');
});

describe('a connection that is cut while sending', () => {
  test.each([0.1, 0.5, 0.99])('at %f of a big file: the rest is sent, nothing else', async (fraction) => {
    const file = contentOf(local, 'big', 20 * MB);
    remote.line.cutAfter = Math.floor(file.bytes * fraction);
    await expect(store.ensure([file], never)).rejects.toMatchObject({ code: 'host_connection_lost' });
    expect(visible(root)).toEqual([]);
    const { sentBytes } = await asWriter('daemon').ensure([file], never); // as after a restart
    expect(visible(root)).toEqual([file.sha256]);
    expect(sentBytes).toBeLessThan(file.bytes * (1 - fraction) + 2 * PIECE);
    expect(unfinished(root)).toEqual([]);
  });

  test('many small ones: those that were complete are not sent again', async () => {
    const files = Array.from({ length: 100 }, (_, index) => contentOf(local, `f${index}`, 100_000));
    remote.line.cutAfter = 5_000_000;
    await expect(store.ensure(files, never)).rejects.toMatchObject({ code: 'host_connection_lost' });
    await remote.idle();
    expect(visible(root).length).toBeGreaterThan(40);
    const { sentBytes } = await store.ensure(files, never);
    expect(visible(root)).toHaveLength(100);
    expect(sentBytes).toBeLessThan(5_500_000);
    expect(unfinished(root)).toEqual([]);
  });

  test('many small ones, and the host did not come to verify them: that is done before the next upload', async () => {
    const files = Array.from({ length: 10 }, (_, index) => contentOf(local, `f${index}`, 1000));
    const left = path.join(root, 'cas/incoming/daemon.x.tar');
    mkdirSync(left, { recursive: true });
    const at = ({ sha256 }: { sha256: string }) => path.join(left, sha256.slice(0, 2), sha256);
    for (const file of files) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      copyFileSync(file.from, at(file));
    }
    truncateSync(at(files[9] ?? files[0] ?? { sha256: '' }), 500);
    expect(await store.ensure(files, never)).toEqual({ sentBytes: 1000 });
    expect(visible(root)).toHaveLength(10);
    expect(unfinished(root)).toEqual([]);
  });

  test('many small ones, where linking ends half done', async () => {
    const tools = tempDir();
    writeFileSync(path.join(tools, 'cp'), CP_THAT_ENDS_HALF_DONE, { mode: 0o755 });
    remote = new LocalRemote({ env: { PATH: `${tools}:${process.env.PATH}` } });
    const files = Array.from({ length: 10 }, (_, index) => contentOf(local, `f${index}`, 1000));
    await asWriter('daemon').ensure(files, never);
    expect(visible(root)).toHaveLength(10);
    expect(unfinished(root)).toEqual([]);
  });

  test('again and again: every attempt goes on where the last one ended', async () => {
    const files = [contentOf(local, 'big', 12 * MB), contentOf(local, 'big2', 9 * MB)];
    const seen: number[] = [];
    let cuts = 0;
    for (let isDone = false; !isDone; ) {
      remote.line.cutAfter = 3 * MB;
      isDone = await store
        .ensure(files, never, (bytes) => seen.push(bytes))
        .then(
          () => true,
          () => false,
        );
      cuts += isDone ? 0 : 1;
    }
    expect(visible(root)).toHaveLength(2);
    expect(cuts).toBeGreaterThan(5);
    expect(remote.line.up).toBeLessThan(21 * MB + (cuts + 1) * 2 * PIECE);
  });
});

describe('an unfinished upload', () => {
  test('whose beginning is not the file is begun again', async () => {
    const file = contentOf(local, 'big', 9 * MB);
    await store.ensure([], never);
    mkdirSync(path.join(root, 'cas/incoming'), { recursive: true });
    writeFileSync(part(file.sha256), Buffer.alloc(5 * MB));
    expect(await store.ensure([file], never)).toEqual({ sentBytes: file.bytes });
    expect(visible(root)).toEqual([file.sha256]);
  });

  test('whose end alone is wrong is continued before it', async () => {
    const file = contentOf(local, 'big', 50 * MB);
    const bytes = readFileSync(file.from);
    bytes.fill(0, 39 * MB, 40 * MB);
    mkdirSync(path.join(root, 'cas/incoming'), { recursive: true });
    writeFileSync(part(file.sha256), bytes.subarray(0, 40 * MB));
    expect(await store.ensure([file], never)).toEqual({ sentBytes: 42 * MB });
    expect(visible(root)).toEqual([file.sha256]);
  });

  test('of another daemon is taken over when it lies still, and left alone when it does not', async () => {
    const [still, busy] = [contentOf(local, 'a', 9 * MB), contentOf(local, 'b', 9 * MB)];
    mkdirSync(path.join(root, 'cas/incoming'), { recursive: true });
    for (const file of [still, busy])
      writeFileSync(part(file.sha256, 'other'), readFileSync(file.from).subarray(0, 4 * MB));
    utimesSync(part(still.sha256, 'other'), 0, 0);
    expect(await store.ensure([still, busy], never)).toEqual({ sentBytes: 14 * MB });
    expect(visible(root)).toEqual([still.sha256, busy.sha256].sort());
    expect(unfinished(root)).toEqual([partName(busy.sha256, 'other')]);
  });
});

describe('sending', () => {
  test('many small files can be aborted, and nothing goes on behind it', async () => {
    const files = Array.from({ length: 50 }, (_, index) => contentOf(local, `f${index}`, 100_000));
    const abort = new AbortController();
    remote.line.onPiece = () => remote.line.up > MB && abort.abort(new Error('enough'));
    await expect(store.ensure(files, abort.signal)).rejects.toThrow('enough');
    await remote.idle();
    const up = remote.line.up;
    expect(up).toBeLessThan(2 * MB);
    remote.line.onPiece = () => {};
    await store.ensure(files, never);
    expect(visible(root)).toHaveLength(50);
  });

  test('a file that cannot be read says which', async () => {
    const gone = { from: path.join(local, 'gone'), sha256: 'ab'.repeat(32), bytes: 5 };
    await expect(store.ensure([contentOf(local, 'a', 'x'), gone], never)).rejects.toThrow(/gone/);
    await remote.idle();
  });

  test('holds no more than a few pieces of what a slow line has not taken', async () => {
    const files = Array.from({ length: 100 }, (_, index) => contentOf(local, `f${index}`, 2 * MB));
    let read = 0;
    let most = 0;
    remote.line.onPiece = () => {
      most = Math.max(most, read - remote.line.up);
    };
    await store.ensure(files, never, (bytes) => {
      read = bytes;
    });
    expect(remote.line.up).toBeGreaterThan(200 * MB);
    expect(most).toBeLessThan(8 * MB);
  });

  test('asks what is lacking in one round trip, and sends many in one', async () => {
    const files = Array.from({ length: 300 }, (_, index) => contentOf(local, `f${index}`, `content ${index}`));
    await store.ensure(files, never);
    expect(remote.line.commands).toBe(2);
    await store.ensure(files, never);
    expect(remote.line.commands).toBe(3);
  });
});

describe('a host that refuses', () => {
  test('a content that is not there any more is asked for again', async () => {
    const file = contentOf(local, 'a', 'x');
    await store.ensure([file], never);
    const to = path.posix.join(root, 'runs/r/a');
    await store.place([{ ...file, to }]);
    expect(statSync(stored(root, file)).ino).toBe(statSync(to).ino);
    const other = contentOf(local, 'b', 'never sent');
    await expect(store.place([{ ...other, to }])).rejects.toMatchObject({ code: 'transfer_failed' });
    expect(readFileSync(to, 'utf8')).toBe('x');
  });

  test('a host without a program for SHA-256 says so', async () => {
    const bin = tempDir();
    for (const name of ['mkdir', 'cat', 'cut']) {
      writeFileSync(path.join(bin, name), `#!/bin/sh\nexec /usr/bin/${name} "$@"\n`);
      chmodSync(path.join(bin, name), 0o755);
    }
    remote = new LocalRemote({ shell: ['/bin/sh'], env: { PATH: bin } });
    await expect(asWriter('daemon').ensure([contentOf(local, 'a', 'x')], never)).rejects.toThrow(/SHA-256/);
  });
});
