import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type writeFileAtomicOf from 'write-file-atomic';
import { isHeld, renameOver, untilFree } from '../../daemon/held-file.js';
import { writeFileAtomic, writeFileAtomicSync } from '../../daemon/write-file.js';
import { ManualClock } from '../support/clock.js';
import { systemError } from '../support/held-files.js';
import { tempDir } from '../support/tmp.js';

/** How often the next calls fail before they reach the disk. */
const refusals = vi.hoisted(() => ({ left: 0, code: 'EBUSY' }));

function refuse(): void {
  if (refusals.left-- > 0) throw Object.assign(new Error(refusals.code), { code: refusals.code });
}

vi.mock('write-file-atomic', async (original) => {
  const real = (await original<{ readonly default: typeof writeFileAtomicOf }>()).default;
  const write = async (...args: Parameters<typeof real>) => {
    refuse();
    await real(...args);
  };
  const sync: typeof real.sync = (...args) => {
    refuse();
    real.sync(...args);
  };
  return { default: Object.assign(write, { sync }) };
});

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const rename: typeof real.rename = async (...args) => {
    refuse();
    await real.rename(...args);
  };
  return { ...real, rename };
});

test.each([
  ['EBUSY', true, true],
  ['ETXTBSY', true, true],
  ['EPERM', false, true],
  ['EACCES', false, true],
  ['ENOENT', false, false],
  ['ENOSPC', false, false],
])('%s is another holder: on Linux %s, on Windows %s', (code, linux, windows) => {
  expect(isHeld(systemError(code), 'linux')).toBe(linux);
  expect(isHeld(systemError(code), 'win32')).toBe(windows);
});

test('what is held is tried again until it is free', async () => {
  refusals.left = 3;
  const [from, to] = [path.join(tempDir(), 'new'), path.join(tempDir(), 'old')];
  writeFileSync(from, 'new');
  writeFileSync(to, 'old');
  await renameOver(from, to);
  expect(readFileSync(to, 'utf8')).toBe('new');
});

test('a file is written over a held one, in both forms', async () => {
  const file = path.join(tempDir(), 'daemon.json');
  refusals.left = 3;
  await writeFileAtomic(file, 'one', { mode: 0o600 });
  expect(readFileSync(file, 'utf8')).toBe('one');
  refusals.left = 3;
  writeFileAtomicSync(file, 'two', { mode: 0o600 });
  expect(readFileSync(file, 'utf8')).toBe('two');
  refusals.left = 1000;
  expect(() => writeFileAtomicSync(file, 'three')).toThrow('EBUSY');
  Object.assign(refusals, { left: 1, code: 'ENOSPC' });
  await expect(writeFileAtomic(file, 'four')).rejects.toThrow('ENOSPC');
  expect(readFileSync(file, 'utf8')).toBe('two');
});

test('patience ends: then the last error stands', async () => {
  const clock = new ManualClock();
  let tries = 0;
  const action = async () => {
    tries += 1;
    throw systemError('EPERM');
  };
  const waiting = untilFree(action, { ms: 5000, clock, platform: 'win32' });
  const end = expect(waiting).rejects.toThrow('EPERM');
  for (let round = 0; round < 30; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
  }
  await end;
  expect(tries).toBeGreaterThan(5);
});

test('whoever cancels waits no longer', async () => {
  const stop = new AbortController();
  const waiting = untilFree(() => Promise.reject(systemError('EBUSY')), {
    clock: new ManualClock(),
    signal: stop.signal,
  });
  const end = expect(waiting).rejects.toThrow('enough');
  await new Promise((resolve) => setImmediate(resolve));
  stop.abort(new Error('enough'));
  await end;
});
