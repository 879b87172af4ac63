import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock, lockHolder } from '../../daemon/lock.js';
import { lockingPids } from '../../daemon/lock-owners.js';
import { tempDir } from '../support/tmp.js';

const phase = 'starting' as const;
const facts = { pid: process.pid, url: null, phase, startId: 'start-1', since: '2026-01-01T10:02:00.000Z' };

test('the second daemon is refused, naming the first and what to do', () => {
  const folder = tempDir();
  const file = path.join(folder, 'lock.db');
  const lock = acquireLock(file, facts);
  const url = 'ws://127.0.0.1:7000/rpc';
  lock.update({ ...facts, url });
  expect(() => acquireLock(file, { ...facts, pid: 5678 })).toThrow(
    expect.objectContaining({
      code: 'already_running',
      message: expect.stringMatching(
        new RegExp(`^Another daemon \\(process ${process.pid}, since \\d\\d:\\d\\d\\) uses .*cosmos daemon stop`),
      ),
      data: { folder, ...facts, url },
    }),
  );
  lock.release();
  expect(existsSync(`${file}.json`)).toBe(false);
  acquireLock(file, { ...facts, pid: 5678 }).release();
});

test('without facts the second daemon is refused all the same', () => {
  const file = path.join(tempDir(), 'lock.db');
  const lock = acquireLock(file, facts);
  rmSync(`${file}.json`);
  expect(() => acquireLock(file, facts)).toThrow(/^Another daemon uses /);
  lock.release();
});

test('facts that a dead daemon left behind hold nobody up', () => {
  const file = path.join(tempDir(), 'lock.db');
  writeFileSync(`${file}.json`, JSON.stringify(facts));
  const lock = acquireLock(file, { ...facts, pid: 5678 });
  expect(JSON.parse(readFileSync(`${file}.json`, 'utf8'))).toMatchObject({ pid: 5678 });
  lock.release();
});

test('the holders of a lock are read from the list of the kernel, and no waiting ones', () => {
  const text = [
    '1: POSIX  ADVISORY  WRITE 708 fe:00:13548 0 EOF',
    '2: POSIX  ADVISORY  READ  709 00:2f:13548 1073741826 1073742335',
    '2: -> POSIX  ADVISORY  WRITE 710 fe:00:13548 0 EOF',
    '3: FLOCK  ADVISORY  WRITE 711 fe:00:99 0 EOF',
    '4: OFDLCK ADVISORY  READ  -1 fe:00:13548 0 EOF',
  ].join('\n');
  expect(lockingPids(text, 13548)).toEqual([708, 709]);
  expect(lockingPids('', 13548)).toEqual([]);
});

test.runIf(process.platform === 'linux')(
  'facts of another process than the one that holds the lock are not told',
  () => {
    const file = path.join(tempDir(), 'lock.db');
    const lock = acquireLock(file, { ...facts, pid: 1 }); // its number was given to another process since
    expect(lockHolder(file)).toEqual({ facts: undefined, stranger: undefined });
    expect(() => acquireLock(file, facts)).toThrow(/^Another daemon uses /);
    lock.release();
  },
);
