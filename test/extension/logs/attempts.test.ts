import { expect, test } from 'vitest';
import { Store } from '../../../client/store.js';
import { endingOf, headOf, type JobFacts, videoOf } from '../../../extension/src/logs/attempts.js';
import { localTime } from '../../../extension/src/logs/times.js';
import type { Attempt } from '../../../schemas/index.js';
import { makeJob, makeResult, makeRun } from '../../support/messages.js';

const base: Attempt = {
  job: 'j1',
  number: 1,
  run: 'r1',
  position: 0,
  logFrom: 0,
  logTo: null,
  outcome: 'succeeded',
  error: null,
  startedAt: '2026-11-30T14:32:00.000Z',
  endedAt: '2026-11-30T14:34:17.000Z',
};

function facts(changes: Partial<Attempt> = {}, job: Parameters<typeof makeJob>[0] = {}): [JobFacts, Attempt] {
  const attempt = { ...base, ...changes };
  const result = attempt.outcome === 'succeeded' ? makeResult({ video: '/shots/lot/lot_aug_2.mp4' }) : null;
  const told = makeJob({ run: 'r1', engine: 'transfer2.5', reason: '', host: 'gpu1', ...job });
  return [{ job: told, attempts: [attempt], spec: null, result }, attempt];
}

test.each<[Partial<Attempt>, string, string]>([
  [{}, '', 'Finished in 2m 17s. The video: /shots/lot/lot_aug_2.mp4'],
  [{ startedAt: null }, '', 'Finished. The video: /shots/lot/lot_aug_2.mp4'],
  [{ outcome: 'failed', error: 'The GPU is gone.' }, '', 'Failed after 2m 17s. The GPU is gone.'],
  [{ outcome: 'failed', endedAt: null }, 'No host takes it.', 'Failed. No host takes it.'],
  [{ outcome: 'failed', run: 'r0' }, 'It is of a later attempt.', 'Failed after 2m 17s.'],
  [
    { outcome: 'refused', error: 'The prompt names a bomb.' },
    '',
    'Refused by the safety filter. The prompt names a bomb.',
  ],
  [{ outcome: 'cancelled' }, 'Cancelled by anna.', 'Cancelled after 2m 17s. Cancelled by anna.'],
  [{ outcome: 'unreached' }, '', 'Ended before this job began; the job waits in the queue again.'],
  [{ outcome: null }, '', 'Still running.'],
])('an ending is a sentence: %j', (changes, reason, words) => {
  const [told, attempt] = facts(changes, { reason });
  expect(endingOf(told, attempt)).toBe(words);
});

test('a video belongs to the attempt that made it', () => {
  const [told, attempt] = facts();
  expect(videoOf(told, attempt)).toBe('/shots/lot/lot_aug_2.mp4');
  expect(videoOf(told, { ...attempt, run: 'r0' })).toBeUndefined();
  expect(videoOf(told, { ...attempt, outcome: 'failed' })).toBeUndefined();
});

test('the head names job, model, host, attempt and the local time', () => {
  const store = new Store();
  store.runs.set('r1', makeRun({ host: 'h100' }));
  const [told] = facts();
  expect(headOf(told, store, 1)).toBe(
    `lot · Transfer 2.5 on h100 · attempt 1 · ${localTime('2026-11-30T14:32:00.000Z')}`,
  );
  const [waiting] = facts({ startedAt: null });
  expect(headOf(waiting, store, 1)).toBe('lot · Transfer 2.5 on h100 · attempt 1');
});

test.each([
  ['UTC', '30 Nov 2026, 14:32 UTC'],
  ['Europe/Berlin', '30 Nov 2026, 15:32 UTC+1'],
  ['Asia/Kolkata', '30 Nov 2026, 20:02 UTC+5:30'],
  ['America/Los_Angeles', '30 Nov 2026, 06:32 UTC-8'],
  ['Pacific/Auckland', '1 Dec 2026, 03:32 UTC+13'],
])('a time of day in %s', (zone, words) => {
  expect(localTime('2026-11-30T14:32:00.000Z', zone)).toBe(words);
});
