import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENDED, type JobEvent, life, next, RESTING, type Steps, step } from '../../../daemon/job/life.js';
import { after } from '../../../daemon/queue/after.js';
import { JobState } from '../../../schemas/index.js';
import { job } from '../../support/jobs.js';

const AT = '2026-02-02T00:00:00.000Z';
const events = [...new Set(Object.values(life).flatMap((row) => Object.keys(row)))] as JobEvent[];

test('the diagram names every state and every event of the table', () => {
  const source = readFileSync(new URL('../../../daemon/job/life.ts', import.meta.url), 'utf8');
  const diagram = source.slice(source.indexOf('/**'), source.indexOf('*/'));
  const words = new Set(diagram.match(/[a-z]+/g));
  expect([...JobState.options, ...events].filter((word) => !words.has(word))).toEqual([]);
});

test.each(JobState.options)('%s: every event leads where the table says, and no other is possible', (state) => {
  for (const event of events) {
    const target = next(state, event);
    if (target === undefined) expect(() => after(job({ state }), { event }, AT)).toThrow(`is ${state} and cannot`);
    else expect(after(job({ state }), { event }, AT)).toMatchObject({ state: target, fence: 1, updatedAt: AT });
  }
});

test('every state but an end has a way on, and from every state an end can be reached', () => {
  const reachesEnd = (state: JobState, seen = new Set<JobState>()): boolean => {
    if ((ENDED as readonly JobState[]).includes(state)) return true;
    if (seen.has(state)) return false;
    seen.add(state);
    return Object.values(life[state]).some((target) => reachesEnd(target, seen));
  };
  expect(JobState.options.filter((state) => !reachesEnd(state))).toEqual([]);
});

test('a step exists exactly for the states that do not rest', async () => {
  const did = (event: JobEvent) => async () => ({ event });
  const steps: Steps = {
    ...{ prepare: did('prepared'), stage: did('staged'), start: did('started') },
    ...{ attach: did('finished'), collect: did('collected'), stop: did('stopped') },
  };
  for (const state of JobState.options) {
    const move = await step(job({ state }), steps);
    const rests = (RESTING as readonly JobState[]).includes(state);
    expect(move === undefined, state).toBe(rests);
    if (move !== undefined) expect(next(state, move.event), `${state} ${move.event}`).toBeDefined();
  }
});

test('an impossible event says what would be possible', () => {
  expect(() => after(job({ state: 'running' }), { event: 'retried' }, AT)).toThrow(
    expect.objectContaining({
      code: 'wrong_state',
      message: 'job-22222222 is running and cannot be retried: only a job that is failed or refused or cancelled can.',
    }),
  );
});
