import { expect, test } from 'vitest';
import type { Facts } from '../../../daemon/demo/facts.js';
import { noProcessLeft, proofsOf } from '../../../daemon/demo/proofs.js';
import { successReport } from '../../../daemon/demo/report.js';
import { sampleFacts } from './sample-facts.js';

const good = sampleFacts();
const NAMES = ['late frame', 'survival', 'ran once', 'journal', 'output', 'spec'] as const;

test('everything holds when everything was seen', () => {
  expect(proofsOf(good).map(({ holds }) => holds)).toEqual(NAMES.map(() => true));
});

const [run] = good.runs;
const [attempt] = good.attempts;
const defects: [(typeof NAMES)[number], string, Partial<Facts>][] = [
  ['late frame', 'another frame was named', { late: { ...good.late, reason: 'depth: frame 0013 missing' } }],
  ['late frame', 'another pass was named', { late: { ...good.late, reason: 'seg: frame 0012 missing' } }],
  ['late frame', 'a job was there while the frame was missing', { late: { ...good.late, jobsMeanwhile: 1 } }],
  ['late frame', 'the clip never healed', { clip: { ...good.clip, state: 'incomplete' } }],
  ['survival', 'the log did not grow without a daemon', { kill: { ...good.kill, logBeforeNext: 900 } }],
  ['survival', 'it was the same daemon', { kill: { ...good.kill, nextPid: 10 } }],
  ['ran once', 'there was a second run', { runs: run === undefined ? [] : [run, { ...run, id: 'run-2' }] }],
  ['ran once', 'the run never ended', { runs: run === undefined ? [] : [{ ...run, state: 'open' }] }],
  ['ran once', 'the job went to another run', { job: { ...good.job, run: 'run-2' } }],
  [
    'ran once',
    'it took a second attempt',
    { attempts: attempt === undefined ? [] : [attempt, { ...attempt, number: 2 }] },
  ],
  ['ran once', 'the run began twice', { log: good.log + good.log }],
  ['journal', 'an event was left out', { events: 30 }],
  ['journal', 'a number was skipped', { jumps: ['3 -> 5'] }],
  ['output', 'a frame is missing', { video: { ...good.video, frames: 47 } }],
  ['output', 'the size differs', { video: { ...good.video, width: 638 } }],
  ['output', 'the rate differs', { video: { ...good.video, fps: { num: 25, den: 1 } } }],
  ['output', 'there is no contact sheet', { result: { ...good.result, contactSheet: null } }],
  ['spec', 'NVIDIA rejects it', { check: { ...good.check, nvidia: 'rejects' } }],
  ['spec', 'the preflight has an error', { check: { ...good.check, ok: false } }],
];

test.each(defects)('%s fails, and it alone, when %s', (name, _what, change) => {
  const proofs = proofsOf(sampleFacts(change));
  expect(NAMES.filter((_, i) => proofs[i]?.holds === false)).toEqual([name]);
});

test('a process that is left fails the last proof', () => {
  expect(noProcessLeft([10, 20], []).holds).toBe(true);
  expect(noProcessLeft([10, 20], [20])).toMatchObject({ holds: false, instead: 'The daemon 20 is still running.' });
});

test('the report is ok only when all proofs hold, and names the first that does not', () => {
  const { ok, error, proved } = successReport(good, proofsOf(good), 30.04);
  expect({ ok, error, count: proved.length }).toEqual({ ok: true, error: undefined, count: NAMES.length });
  const facts = sampleFacts({ events: 30 });
  const bad = successReport(facts, proofsOf(facts), 30.04);
  expect(bad).toMatchObject({ ok: false, seconds: 30, error: expect.stringContaining('30 arrived') });
  expect(bad.proved).toHaveLength(NAMES.length - 1);
});
