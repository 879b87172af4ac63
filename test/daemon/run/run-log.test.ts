import { beforeEach, expect, test } from 'vitest';
import { RunLogs } from '../../../daemon/run/run-log.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { tempDir } from '../../support/tmp.js';

let state: StateDir;
let logs: RunLogs;
beforeEach(() => {
  state = new StateDir(tempDir());
  logs = new RunLogs(state);
});

const text = async (from: number, bytes = 99) => (await logs.read('r1', from, bytes)).toString();

test('a run that has said nothing has an empty log', async () => {
  expect([logs.size('r1'), await text(0), await text(-5), logs.isEnded('r1')]).toEqual([0, '', '', false]);
});

test('reads from a byte, from the end, and not beyond it', async () => {
  await logs.append('r1', 0, Buffer.from('0123456789'));
  expect(await text(4, 3)).toBe('456');
  expect(await text(8)).toBe('89');
  expect(await text(-3)).toBe('789');
  expect(await text(-30, 2)).toBe('01');
  expect(await text(10)).toBe('');
});

test('what is known already is skipped, also from two followers at once and after a restart', async () => {
  const told: [number, string][] = [];
  logs.onData((_run, from, bytes) => told.push([from, bytes.toString()]));
  await Promise.all([
    logs.append('r1', 0, Buffer.from('abc')),
    logs.append('r1', 0, Buffer.from('abcd')),
    logs.append('r1', 2, Buffer.from('cde')),
  ]);
  await new RunLogs(state).append('r1', 3, Buffer.from('def'));
  expect(await text(0)).toBe('abcdef');
  expect(told).toEqual([
    [0, 'abc'],
    [3, 'd'],
    [4, 'e'],
  ]);
});

test('a gap is refused, and the next append still works', async () => {
  await expect(logs.append('r1', 3, Buffer.from('x'))).rejects.toMatchObject({ code: 'internal' });
  await logs.append('r1', 0, Buffer.from('abc'));
  expect(await text(0)).toBe('abc');
});

test('the end is told once, and remembered', async () => {
  const ends: number[] = [];
  await logs.append('r1', 0, Buffer.from('abc'));
  logs.onData((_run, from, bytes) => {
    if (bytes.length === 0) ends.push(from);
  });
  logs.end('r1');
  logs.end('r1');
  expect(ends).toEqual([3]);
  expect(new RunLogs(state).isEnded('r1')).toBe(true);
});
