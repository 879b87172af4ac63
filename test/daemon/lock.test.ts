import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { acquireLock } from '../../daemon/lock.js';
import { tempDir } from '../support/tmp.js';

const phase = 'starting' as const;
const facts = { pid: 1234, url: null, phase, startId: 'start-1', since: '2026-01-01T10:02:00.000Z' };

test('the second daemon is refused, naming the first and what to do', () => {
  const folder = tempDir();
  const file = path.join(folder, 'lock.db');
  const lock = acquireLock(file, facts);
  const url = 'ws://127.0.0.1:7000/rpc';
  lock.update({ ...facts, url });
  expect(() => acquireLock(file, { ...facts, pid: 5678 })).toThrow(
    expect.objectContaining({
      code: 'already_running',
      message: expect.stringMatching(/^Another daemon \(process 1234, since \d\d:\d\d\) uses .*cosmos daemon stop/),
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
