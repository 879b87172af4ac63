import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
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

describe('a long log', () => {
  const keep = { head: 100, tail: 100 };
  const line = (index: number) => `line ${String(index).padStart(4, '0')}\n`; // 10 bytes

  async function said(lines: number, each = 1): Promise<RunLogs> {
    const long = new RunLogs(state, keep);
    for (let at = 0; at < lines; at += each) {
      const bytes = Array.from({ length: each }, (_, index) => line(at + index)).join('');
      await long.append('r1', at * 10, Buffer.from(bytes));
    }
    return long;
  }

  test.each([1, 3, 7])('keeps its beginning and its end under their offsets, %i lines at a time', async (each) => {
    const long = await said(420, each);
    expect(long.size('r1')).toBe(4200);
    expect((await long.read('r1', 0, 100)).toString()).toBe(Array.from({ length: 10 }, (_, i) => line(i)).join(''));
    const kept = long.keptFrom('r1', 2000);
    expect(kept).toBeGreaterThan(2000);
    expect(kept).toBeLessThanOrEqual(4100);
    const end = (await long.read('r1', kept, 9999)).toString();
    expect(end.length).toBe(4200 - kept);
    expect((await long.read('r1', -50, 50)).toString()).toBe([415, 416, 417, 418, 419].map(line).join(''));
    expect((await long.read('r1', 2000, 50)).length).toBe(0);
    const used = readdirSync(state.run('r1'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(path.join(entry.parentPath, entry.name)).size);
    expect(used.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(100 + 100 + 2 * 25 + 4 * 10 * each);
  });

  test('goes on after a restart, and skips what is known', async () => {
    await said(50);
    const again = new RunLogs(state, keep);
    await again.append('r1', 480, Buffer.from(line(48) + line(49) + line(50)));
    expect(again.size('r1')).toBe(510);
    expect((await again.read('r1', -20, 20)).toString()).toBe(line(49) + line(50));
  });

  test('the log of an older version, longer than the beginning that is kept now, is all there', async () => {
    mkdirSync(state.run('r1'), { recursive: true });
    writeFileSync(state.runLog('r1'), 'x'.repeat(1000));
    const long = new RunLogs(state, keep);
    await long.append('r1', 1000, Buffer.from('new'));
    expect((await long.read('r1', 0, 2000)).toString()).toBe(`${'x'.repeat(1000)}new`);
  });

  test('what is skipped is left out, and nothing else', async () => {
    await logs.append('r1', 0, Buffer.from('begin'));
    await logs.skip('r1', 1000);
    expect([logs.size('r1'), logs.keptFrom('r1', 3), logs.keptFrom('r1', 5)]).toEqual([1000, 3, 1000]);
    await logs.append('r1', 1000, Buffer.from('end'));
    await logs.skip('r1', 900); // known already
    expect([await text(0), await text(5), await text(1000), await text(-3)]).toEqual(['begin', '', 'end', 'end']);
    expect(await logs.tail('r1')).toBe('begin\nend');
  });
});
