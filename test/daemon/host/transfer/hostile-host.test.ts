/** A host that lies, and files that do not stand still: what is fetched is what was announced, or an error and nothing. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import type {
  Remote,
  RemoteResult,
  RemoteStream,
  RunOptions,
  StreamOptions,
} from '../../../../daemon/host/shell/remote.js';
import { reserveOf } from '../../../../daemon/host/transfer/allowance.js';
import { RemoteStore } from '../../../../daemon/host/transfer/transfer.js';
import { ManualClock } from '../../../support/clock.js';
import { contentOf, MB } from '../../../support/contents.js';
import { LocalRemote } from '../../../support/local-remote.js';
import { tempDir } from '../../../support/tmp.js';

const never = new AbortController().signal;
const ZEROS = Buffer.alloc(65_536);

/** Says that a file has `size` bytes, whatever it is asked, and sends `sent`. */
class Liar implements Remote {
  /** Bytes that somebody has taken. */
  taken = 0;

  constructor(
    private readonly size: string,
    private readonly sent: (signal: AbortSignal) => AsyncIterable<Uint8Array> = () => endless(),
  ) {}

  async run(script: string, _args?: readonly string[], _options?: RunOptions): Promise<RemoteResult> {
    const isAboutSizes = script.includes("'%s %f'");
    const line = isAboutSizes ? `${this.size} 81a4\n` : `${this.size} ${'0'.repeat(64)}\n`;
    return { exitCode: 0, stdout: Buffer.from(line), stderr: '' };
  }

  stream(_script: string, _args: readonly string[], { signal }: StreamOptions): RemoteStream {
    return { stdout: this.counted(signal), done: Promise.resolve({ exitCode: 0, stderr: '' }) };
  }

  private async *counted(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for await (const piece of this.sent(signal)) {
      signal.throwIfAborted();
      this.taken += piece.length;
      yield piece;
    }
  }
}

async function* endless(first?: Uint8Array): AsyncGenerator<Uint8Array> {
  if (first !== undefined) yield first;
  for (;;) yield ZEROS;
}

let local: string;
let to: string;
beforeEach(() => {
  local = tempDir();
  to = path.join(local, 'here', 'v.mp4');
});

const storeOn = (remote: Remote) => new RemoteStore(remote, path.join(tempDir(), 'root'), systemClock);
const left = () => (existsSync(path.dirname(to)) ? readdirSync(path.dirname(to)) : []);

describe('the size that a host announces', () => {
  test.each(['-5', '1e9', '99999999999999999999', 'NaN', '', '0x10', '3.5'])('"%s" is none', async (size) => {
    await expect(storeOn(new Liar(size)).fetch([{ from: '/v', to }], never)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test.each([
    ['big', 9 * MB],
    ['small', 1000],
  ])('of a %s file is all that is taken of a stream without end', async (_name, size) => {
    const digest = createHash('sha256').update(Buffer.alloc(size)).digest('hex');
    const remote = new Liar(String(size), () => endless(size > 8 * MB ? undefined : Buffer.from(`${digest}\n`)));
    await expect(storeOn(remote).fetch([{ from: '/v', to }], never)).rejects.toMatchObject({
      code: 'transfer_failed',
    });
    expect(remote.taken).toBeLessThan(size + 4 * ZEROS.length);
    expect(left().filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('a disk that it would fill is not begun', async () => {
    await expect(storeOn(new Liar('900000000000000')).fetch([{ from: '/v', to }], never)).rejects.toMatchObject({
      code: 'no_space_here',
      message: expect.stringMatching(
        /^No space is left here for a result of 900 TB: the disk of .* has .* left, of which .* stay free\./,
      ),
    });
    expect(left()).toEqual([]);
  });

  test('a render machine keeps 2 GB, a small disk 5 %', () => {
    expect([reserveOf(1e12), reserveOf(10e9)]).toEqual([2e9, 0.5e9]);
  });
});

test('a host that says nothing more is not waited for without end', async () => {
  const clock = new ManualClock();
  const silent = (signal: AbortSignal) => ({
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    }),
  });
  for (const size of ['1000', String(9 * MB)]) {
    const store = new RemoteStore(new Liar(size, silent), '/root', clock);
    const fetched = expect(store.fetch([{ from: '/v', to }], never)).rejects.toMatchObject({
      code: 'transfer_failed',
      message: expect.stringContaining('has sent nothing of /v for 60 seconds'),
    });
    await vi.waitFor(() => expect(clock.isAwaited(60_000)).toBe(true));
    clock.advance(60_000);
    await fetched;
  }
});

describe('a file of 9 MB', () => {
  const wanted = () => ({ from: path.join(local, 'v'), to, limit: { bytes: 10 * MB, what: 'the video' } });

  test.each<[string, (file: string) => void]>([
    ['grows', (file) => appendFileSync(file, Buffer.alloc(MB))],
    ['shrinks', (file) => truncateSync(file, 5 * MB)],
    ['becomes huge', (file) => truncateSync(file, 2e12)],
  ])('that %s while it is fetched is not taken, and nothing of it stays', async (_name, change) => {
    const { from } = contentOf(local, 'v', 9 * MB);
    const remote = new LocalRemote();
    let changes = 0;
    remote.line.onPiece = () => {
      if (changes++ < 50) change(from);
    };
    await expect(storeOn(remote).fetch([wanted()], never)).rejects.toMatchObject({ code: 'transfer_failed' });
    expect(left()).toEqual([]);
    expect(remote.line.down).toBeLessThan(10 * MB);
    await remote.idle();
  });

  test('among others that are bigger than they may be: none is fetched, and the sentence names host and path', async () => {
    const { from } = contentOf(local, 'v', 9 * MB);
    const huge = path.join(local, 'huge');
    writeFileSync(huge, '');
    truncateSync(huge, 2e12);
    const items = [wanted(), { ...wanted(), from: huge, to: `${to}2` }];
    const source = { host: 'gpu1', below: local };
    await expect(storeOn(new LocalRemote()).fetch(items, never, undefined, source)).rejects.toMatchObject({
      message: `The host offers 2 TB as the video; at most 10.5 MB are fetched, so nothing was. It is left at ${huge} on gpu1.`,
    });
    expect(left()).toEqual([]);
    expect(statSync(from).size).toBe(9 * MB);
  });

  test('behind a link that leads out of the folder is none of the run', async () => {
    const { from } = contentOf(local, 'v', 1000);
    const below = path.join(local, 'run');
    mkdirSync(below);
    symlinkSync(local, path.join(below, 'out'));
    symlinkSync(from, path.join(below, 'link'));
    const fetched = (name: string) =>
      storeOn(new LocalRemote()).fetch([{ from: path.join(below, name), to }], never, undefined, { host: 'h', below });
    for (const name of ['out/v', 'link', '../v', 'none'])
      await expect(fetched(name)).rejects.toMatchObject({ code: 'not_found' });
  });
});
