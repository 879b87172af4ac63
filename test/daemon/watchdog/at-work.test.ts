import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { silentLogger } from '../../../daemon/log.js';
import { AtWork } from '../../../daemon/watchdog/at-work.js';
import type { JobWork, Standstill } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

let starts = 0;

/** The notes of a daemon that takes over from whichever wrote the file last. */
function daemon(file: string, standstill?: Standstill): AtWork {
  const notes = new AtWork({ file, startId: `start-${++starts}`, clock: systemClock, log: silentLogger });
  notes.takeOver(standstill);
  return notes;
}

function file(): string {
  return path.join(tempDir(), 'at-work.json');
}

test('one death is counted and holds nothing; the second at the same step is deadly', () => {
  const at = file();
  daemon(at).begin('job-1', 'preparing');
  const second = daemon(at);
  expect([second.deaths('job-1', 'preparing'), second.crashing()]).toEqual([1, []]);
  second.begin('job-1', 'preparing');
  expect(daemon(at).crashing()).toMatchObject([{ job: 'job-1', step: 'preparing', deaths: 2 }]);
});

test('only who was at work when it died is counted', () => {
  const at = file();
  const first = daemon(at);
  for (const job of ['waits', 'done', 'works']) first.begin(job, 'collecting');
  first.rest('waits');
  first.forget('done');
  const second = daemon(at);
  expect(['waits', 'done', 'works'].map((job) => second.deaths(job, 'collecting'))).toEqual([0, 0, 1]);
});

test('a death while it rests is not counted again, and what was counted before stays', () => {
  const at = file();
  daemon(at).begin('job-1', 'running');
  const second = daemon(at);
  second.begin('job-1', 'running');
  second.rest('job-1');
  expect(daemon(at).deaths('job-1', 'running')).toBe(1);
});

test.each([
  ['another step', (notes: AtWork) => notes.begin('job-1', 'staging')],
  [
    'the same step after it was done once',
    (notes: AtWork) => {
      notes.begin('job-1', 'preparing');
      notes.forget('job-1');
      notes.begin('job-1', 'preparing');
    },
  ],
])('%s counts from the beginning', (_, work) => {
  const at = file();
  daemon(at).begin('job-1', 'preparing');
  work(daemon(at));
  expect(daemon(at).crashing()).toEqual([]);
});

test('a machine that was restarted meanwhile is no death by a job', () => {
  const at = file();
  daemon(at).begin('job-1', 'preparing');
  const text = readFileSync(at, 'utf8').replace(/"since":"[^"]*"/, '"since":"2001-01-01T00:00:00.000Z"');
  writeFileSync(at, text);
  expect(daemon(at).deaths('job-1', 'preparing')).toBe(0);
});

test('the words of the watchdog are those of the death, if they are of the daemon that died', () => {
  const at = file();
  const first = daemon(at);
  first.begin('job-1', 'preparing');
  const word = { pid: 1, startId: `start-${starts}`, since: '2026-01-01T00:00:00.000Z', seconds: 60.2, work: [] };
  const second = daemon(at, { ...word, ended: true });
  second.begin('job-1', 'preparing');
  expect(daemon(at, { ...word, ended: true }).crashing()).toMatchObject([
    { lastDeath: expect.stringContaining('kill -9') },
  ]);

  const again = file();
  daemon(again).begin('job-2', 'preparing');
  daemon(again).begin('job-2', 'preparing');
  const of = { ...word, startId: `start-${starts}`, ended: true };
  expect(daemon(again, of).crashing()).toMatchObject([{ lastDeath: expect.stringContaining('60 s and its watchdog') }]);

  const byHand = file();
  daemon(byHand).begin('job-3', 'preparing');
  daemon(byHand).begin('job-3', 'preparing');
  const killed = { ...word, startId: `start-${starts}`, ended: false };
  expect(daemon(byHand, killed).crashing()).toMatchObject([
    { lastDeath: expect.stringContaining('60 s and somebody') },
  ]);
});

test('a damaged file says nothing, and is written anew', () => {
  const at = file();
  writeFileSync(at, '{"startId":');
  const notes = daemon(at);
  notes.begin('job-1', 'preparing');
  expect(daemon(at).deaths('job-1', 'preparing')).toBe(1);
});

test('where nothing can be written the work goes on all the same', () => {
  const notes = daemon(path.join(tempDir(), 'not', 'there', 'at-work.json'));
  notes.begin('job-1', 'preparing');
  expect(notes.crashing()).toEqual([]);
});

test('the watchdog is told who is at work, at once and after every change', () => {
  const told: string[][] = [];
  const notes = daemon(file());
  notes.onChange((work: readonly JobWork[]) => told.push(work.map(({ job, step }) => `${step} ${job}`)));
  notes.begin('job-1', 'preparing');
  notes.begin('job-2', 'collecting');
  notes.rest('job-1');
  notes.forget('job-2');
  expect(told).toEqual([[], ['preparing job-1'], ['preparing job-1', 'collecting job-2'], ['collecting job-2'], []]);
});
