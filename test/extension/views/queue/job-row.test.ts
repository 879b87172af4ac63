import { expect, test } from 'vitest';
import { life, next } from '../../../../daemon/job/life.js';
import { can, jobContext } from '../../../../extension/src/views/queue/job-context.js';
import { jobDescription } from '../../../../extension/src/views/queue/job-text.js';
import { jobTooltip } from '../../../../extension/src/views/queue/job-tooltip.js';
import type { JobState } from '../../../../schemas/index.js';
import { makeJob, makeRun } from '../../../support/told.js';

const now = Date.parse('2026-01-01T01:00:00.000Z');
const plain = { hasResult: false, isDismissed: false };

test('a running job: stage, percent, time left, host, cost', () => {
  const line = {
    job: makeJob({ state: 'running', host: 'gpu1', run: 'r1' }),
    progress: { job: 'j1', stage: 'chunk 1/2 step 12/35', fraction: 0.429, eta: 754 },
    run: makeRun({ pricePerHour: 4, members: ['j1', 'j2'] }),
    now,
  };
  expect(jobDescription(line)).toBe('chunk 1/2 step 12/35 · 42% · 12m 34s left · gpu1 · $2.00');
});

test('without progress the state stands for itself, and a host without a price costs nothing', () => {
  const job = makeJob({ state: 'staging', host: 'local' });
  expect(jobDescription({ job, progress: undefined, run: makeRun(), now })).toBe('sending files · local');
});

test('a job that failed says why, one that waits what for', () => {
  const error = { code: 'run_failed', class: 'host' as const, message: 'The GPU fell off the bus.' };
  const about = (job: ReturnType<typeof makeJob>) => jobDescription({ job, progress: undefined, run: undefined, now });
  expect(about(makeJob({ state: 'failed', error }))).toBe('failed · The GPU fell off the bus.');
  expect(about(makeJob({ reason: 'Waits for a free slot.' }))).toBe('Preview · Waits for a free slot.');
});

test('context values name the state and what can be done', () => {
  expect(jobContext(makeJob({ state: 'running', attempt: 1 }), plain)).toBe('job.running.cancelable.logged.clip');
  expect(jobContext(makeJob({ state: 'failed', attempt: 2 }), plain)).toBe(
    'job.failed.retryable.dismissable.logged.retried.clip',
  );
  expect(jobContext(makeJob({ clip: null }), plain)).toBe('job.queued.cancelable.movable.editable');
  expect(jobContext(makeJob({ state: 'failed' }), { ...plain, isDismissed: true })).toBe('job.failed.retryable.clip');
  expect(jobContext(makeJob({ state: 'succeeded' }), { ...plain, hasResult: true })).toBe('job.succeeded.result.clip');
});

test('what the menus offer is what the daemon allows', () => {
  for (const state of Object.keys(life) as JobState[]) {
    const job = makeJob({ state });
    expect([state, can(job, 'retryable')]).toEqual([state, next(state, 'retried') !== undefined]);
    expect([state, can(job, 'releasable')]).toEqual([state, next(state, 'released') !== undefined]);
    expect([state, can(job, 'editable')]).toEqual([state, next(state, 'edited') !== undefined]);
    const stoppable = next(state, 'stop') !== undefined || next(state, 'cancelled') !== undefined;
    expect([state, can(job, 'cancelable')]).toEqual([state, stoppable]);
  }
});

test('a tooltip shows prompt, weights, seed and cost, and no word of others becomes markup', () => {
  const settings = {
    ...makeJob().settings,
    prompt: 'a [link](command:x) *wet*',
    weights: { edge: 0.5, depth: 'off' as const },
  };
  settings.set = { seed: 7 };
  const job = makeJob({ state: 'running', host: 'gpu1', run: 'r1', settings });
  const { text } = jobTooltip({ job, progress: undefined, run: makeRun({ pricePerHour: 1 }), now }, 'file:///p.png');
  expect(text).toContain('![poster](file:///p.png|width=320)');
  expect(text).toContain('“a \\[link\\]\\(command\\:x\\) \\*wet\\*”');
  expect(text).toContain('| Weights | edge 0\\.5, depth off |');
  expect(text).toContain('| Seed | 7 |');
  expect(text).toContain('| Cost | \\$1\\.00 |');
  expect(text).not.toContain('Preset');
});
