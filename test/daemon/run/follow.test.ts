import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../../daemon/host/host.js';
import { followRun } from '../../../daemon/run/follow.js';
import { RunLogs } from '../../../daemon/run/run-log.js';
import { StateDir } from '../../../daemon/state-dir.js';
import type { LogReader, MemberProgress } from '../../../daemon/workload/engine.js';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';

/** A log that is written piece by piece by the test, and read like that of a host. */
class Stream {
  private readonly pieces: string[] = [];
  private isEnded = false;
  private failure: Error | undefined;
  private wake = () => {};

  write(text: string): void {
    this.pieces.push(text);
    this.wake();
  }

  end(): void {
    this.isEnded = true;
    this.wake();
  }

  fail(error: Error): void {
    this.failure = error;
    this.wake();
  }

  async *read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (const text of this.pieces.splice(0)) yield Buffer.from(text);
      if (this.isEnded) return;
      if (this.failure !== undefined) throw this.failure;
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      if (this.pieces.length === 0 && !this.isEnded) signal.throwIfAborted();
    }
  }
}

/** Says of which log it saw which bytes; "BLOCKED" is a refusal. */
class Reader implements LogReader {
  readonly seen: string[] = [];

  push(bytes: Uint8Array, sideLog = 'log'): MemberProgress[] {
    const text = Buffer.from(bytes).toString();
    this.seen.push(`${sideLog}: ${text}`);
    const refused = /BLOCKED: (.*)/.exec(text)?.[1];
    return [{ job: 'job-1', stage: text, fraction: 0.5, ...(refused === undefined ? {} : { refused }) }];
  }

  skip(bytes: number): void {
    this.seen.push(`log: ${bytes} bytes left out`);
  }
}

/** `past` = bytes that the run has said before anybody follows it. */
function setup({ past = 0, sidePast = 0, state = 'running' as 'running' | 'lost' } = {}) {
  const stateDir = new StateDir(tempDir());
  mkdirSync(path.dirname(stateDir.runLog('run-1')), { recursive: true });
  const [log, side] = [new Stream(), new Stream()];
  const streams: Pick<Host, 'inspect' | 'files' | 'follow' | 'followFile'> = {
    inspect: async () => ({ state, logBytes: past }),
    files: async () => [{ path: 'out/debug.log', bytes: sidePast }],
    follow: (_run, _from, signal) => log.read(signal),
    followFile: (_run, _file, _from, signal) => side.read(signal),
  };
  const clock = new ManualClock();
  const reader = new Reader();
  const logs = new RunLogs(stateDir);
  const told: string[] = [];
  const abort = new AbortController();
  const following = followRun({
    ...{ run: 'run-1', job: 'job-1', host: streams as Host, logs, reader, clock },
    ...{ signal: abort.signal, stallMs: 600_000, sideLogs: ['out/debug.log'], mostLog: 10_000_000 },
    onProgress: ({ stage }, isNew) => told.push(`${isNew ? 'new' : 'old'}: ${stage}`),
  });
  return { log, side, clock, reader, logs, told, abort, following };
}

test('the log and what lies beside it reach the reader, each under its name, until the run ends', async () => {
  const { log, side, reader, following } = setup();
  log.write('loading');
  side.write('chunk 1/2');
  await expect.poll(() => reader.seen).toHaveLength(2);
  log.end();
  expect(await following).toEqual({ how: 'ended', refused: undefined });
  expect(new Set(reader.seen)).toEqual(new Set(['log: loading', 'out/debug.log: chunk 1/2']));
});

test('a side file that cannot be read disturbs nobody, also long before the run ends', async () => {
  const { log, side, reader, following } = setup();
  side.fail(new Error('connection lost'));
  log.write('loading');
  await expect.poll(() => reader.seen).toEqual(['log: loading']);
  log.end();
  expect(await following).toEqual({ how: 'ended', refused: undefined });
});

test('a run that says nothing for too long is stuck; side files are no sign of life', async () => {
  const { log, side, clock, reader, following } = setup();
  log.write('loading');
  await expect.poll(() => reader.seen).toHaveLength(1);
  clock.advance(599_000);
  side.write('still here');
  await expect.poll(() => reader.seen).toHaveLength(2);
  clock.advance(2000);
  expect(await following).toEqual({ how: 'stalled', refused: undefined });
});

test('a refused run has a minute to end by itself, whatever it goes on saying', async () => {
  const { log, side, clock, reader, following } = setup();
  side.write('BLOCKED: the prompt is not allowed');
  await expect.poll(() => reader.seen).toHaveLength(1);
  clock.advance(59_000);
  log.write('other ranks wait');
  await expect.poll(() => reader.seen).toHaveLength(2);
  clock.advance(1000);
  expect(await following).toEqual({ how: 'stalled', refused: 'the prompt is not allowed' });
});

test('a person who stops the job ends the following', async () => {
  const { log, abort, reader, following } = setup();
  log.write('loading');
  await expect.poll(() => reader.seen).toHaveLength(1);
  abort.abort(new Error('stopped'));
  await expect(following).rejects.toThrow('stopped');
});

test('what the run had said before it was followed is told as old, of its log and of what lies beside it', async () => {
  const { log, side, told, following } = setup({ past: 9, sidePast: 4 });
  log.write('step 1/9 ');
  log.write('step 2/9 ');
  side.write('past');
  side.write('now');
  await expect.poll(() => told).toHaveLength(4);
  log.end();
  await following;
  expect(new Set(told)).toEqual(new Set(['old: step 1/9 ', 'new: step 2/9 ', 'old: past', 'new: now']));
});

describe('a run that talks without end', () => {
  test('is followed no further than it may talk', async () => {
    const { log, logs, following } = setup();
    for (let piece = 0; piece < 30; piece++) log.write('x'.repeat(1_000_000));
    expect(await following).toMatchObject({ how: 'endless' });
    expect(logs.size('run-1')).toBe(11_000_000);
    expect(logs.isEnded('run-1')).toBe(false); // its last words come when it was stopped
  });

  test('while nobody followed is told at once', async () => {
    expect(await setup({ past: 2e12 }).following).toMatchObject({ how: 'endless' });
  });

  test('and was ended by its host: only its last words are fetched', async () => {
    const { log, logs, following } = setup({ past: 2e12, state: 'lost' });
    log.write('the end');
    log.end();
    expect(await following).toMatchObject({ how: 'ended' });
    expect(logs.keptFrom('run-1', 0)).toBe(2e12 - 8 * 2 ** 20);
    expect((await logs.read('run-1', -7, 7)).toString()).toBe('the end');
    expect(logs.isEnded('run-1')).toBe(true);
  });

  test('beside its log adds nothing more there', async () => {
    const { log, side, reader, following } = setup();
    for (let piece = 0; piece < 30; piece++) side.write('x'.repeat(1_000_000));
    await expect.poll(() => reader.seen.length).toBe(11);
    log.end();
    expect(await following).toMatchObject({ how: 'ended' });
    expect(reader.seen).toHaveLength(11);
  });
});
