import { expect, test } from 'vitest';
import { life, next } from '../../../../daemon/job/life.js';
import { can, jobContext } from '../../../../extension/src/views/queue/job-context.js';
import { type JobLine, jobDescription, jobSpoken } from '../../../../extension/src/views/queue/job-text.js';
import { jobTooltip } from '../../../../extension/src/views/queue/job-tooltip.js';
import { type Job, JobState } from '../../../../schemas/index.js';
import { makeJob, makeRun } from '../../../support/messages.js';

/** In the time of whoever runs the test, which rows are told in. */
const now = new Date(2026, 0, 1, 15, 0).getTime();
const at = (hours: number, minutes: number, seconds = 0) => new Date(2026, 0, 1, hours, minutes, seconds).toISOString();
const plain = { hasResult: false, isDismissed: false };

function line(job: Partial<Job>, others: Partial<JobLine> = {}): JobLine {
  return { job: makeJob(job), progress: undefined, run: undefined, place: undefined, now, ...others };
}

const settings = (changes: Partial<Job['settings']>) => ({ ...makeJob().settings, ...changes });

test('a running job: percent, time left, stage, host, cost', () => {
  const running = line(
    { state: 'running', host: 'gpu1', run: 'r1' },
    {
      progress: { job: 'j1', stage: 'chunk 1/2 step 12/35', fraction: 0.429, eta: 754 },
      run: makeRun({ pricePerHour: 4, members: ['j1', 'j2'], createdAt: at(14, 0) }),
    },
  );
  expect(jobDescription(running)).toBe('42% · 12m 34s left · chunk 1/2 step 12/35 · gpu1 · $2.00');
  expect(jobSpoken(running)).toBe('lot, running, 42%, 12m 34s left, chunk 1/2 step 12/35, gpu1, $2.00');
});

test.each<[string, Partial<Job>, Partial<JobLine>]>([
  ['preparing', { state: 'preparing' }, {}],
  ['50% · encoding depth', { state: 'preparing' }, { progress: progress('encoding depth', 0.5) }],
  ['next · Preview · a wet street', {}, { place: 0 }],
  ['2nd · Preview · a wet street', {}, { place: 1 }],
  ['3rd · Preview · a wet street', {}, { place: 2 }],
  ['11th · Preview · a wet street', {}, { place: 10 }],
  ['21st · Preview · a wet street', {}, { place: 20 }],
  ['112th · Preview · a wet street', {}, { place: 111 }],
  ['Waits for a free slot · Preview · a wet street', { reason: 'Waits for a free slot.' }, { place: 1 }],
  [
    'next · wan-9 · gpu1',
    { engine: 'wan-9' as 'preview', settings: settings({ host: 'gpu1', prompt: '' }) },
    { place: 0 },
  ],
  ['next · Preview · a wet street · seed 7', { settings: settings({ set: { seed: 7 } }) }, { place: 0 }],
  ['sending files · local', { state: 'staging', host: 'local' }, {}],
  ['starting · gpu1', { state: 'staged', host: 'gpu1' }, {}],
  ['running · gpu1', { state: 'running', host: 'gpu1' }, {}],
  ['100% · 1s left · fetching the result', { state: 'collecting' }, { progress: progress('', 1, 0.2) }],
  ['99% · running', { state: 'running' }, { progress: progress('', 0.999) }],
  ['stopping · 40% · gpu1', { state: 'stopping', host: 'gpu1' }, { progress: progress('chunk 1/2', 0.4) }],
  ['took 2m 17s · 14:32 · gpu1 · Preview', { state: 'succeeded', host: 'gpu1', ...ran(14, 32) }, {}],
  ['took 2m 17s · $0.17 · 14:32 · gpu1 · Preview', { state: 'succeeded', ...ran(14, 32) }, { run: endedRun(14, 32) }],
  [
    'The GPU fell off the bus · 14:32',
    { state: 'failed', error: error('The GPU fell off the bus.'), ...ran(14, 32) },
    {},
  ],
  [
    'Guardrail: the prompt names a person · 14:32',
    { state: 'refused', reason: 'Guardrail: the prompt names a person.', ...ran(14, 32) },
    {},
  ],
  ['The prompt is a template · a wet street', { state: 'held', reason: 'The prompt is a template.' }, {}],
  ['held · a wet street', { state: 'held' }, {}],
  ['Cancelled · 14:32', { state: 'cancelled', reason: 'Cancelled.', ...ran(14, 32) }, {}],
  [
    'Superseded by revision 3 · Dec 31, 2025 14:32',
    { state: 'cancelled', reason: 'Superseded by revision 3.', endedAt: new Date(2025, 11, 31, 14, 32).toISOString() },
    {},
  ],
])('%s', (expected, job, others) => {
  expect(jobDescription(line(job, others))).toBe(expected);
});

test('a screen reader hears the state once', () => {
  const staging = line({ state: 'staging', host: 'gpu1' }, { progress: progress('', 0) });
  expect(jobSpoken(staging)).toBe('lot, sending files, 0%, gpu1');
});

test('a screen reader hears name, state and reason of every state, and never nothing', () => {
  for (const state of JobState.options) {
    const name = 'a very long name that no row has room for, shot 0420';
    const heard = jobSpoken(
      line({ state, name, settings: settings({ name: 'a_very_long_name' }), reason: 'So it is.' }),
    );
    expect(heard).toContain(name);
    expect(heard.length).toBeGreaterThan(name.length + 4);
  }
});

function progress(stage: string, fraction: number, eta: number | null = null) {
  return { job: 'j1', stage, fraction, eta };
}

/** Over two minutes, until then. */
function ran(hours: number, minutes: number) {
  return { startedAt: at(hours, minutes - 3, 43), endedAt: at(hours, minutes) };
}

function endedRun(hours: number, minutes: number) {
  return makeRun({ pricePerHour: 4, createdAt: at(hours, minutes - 3, 27), endedAt: at(hours, minutes) });
}

function error(message: string) {
  return { code: 'run_failed', class: 'host' as const, message };
}

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

test('a tooltip shows what a row has no room for, and no word of others becomes markup', () => {
  const wishes = {
    prompt: 'a [link](command:x) *wet*',
    weights: { edge: 0.5, depth: 'off' as const },
    set: { seed: 7 },
  };
  const job = line(
    { name: 'a lot that has a long name', state: 'running', host: 'gpu1', run: 'r1', settings: settings(wishes) },
    { run: makeRun({ pricePerHour: 1, createdAt: at(14, 0) }) },
  );
  const { text } = jobTooltip(job, 'file:///p.png');
  expect(text).toContain('**a lot that has a long name** — running');
  expect(text).toContain('![poster](file:///p.png|width=320)');
  expect(text).toContain('“a \\[link\\]\\(command\\:x\\) \\*wet\\*”');
  expect(text).toContain('| Weights | edge 0\\.5, depth off |');
  expect(text).toContain('| Seed | 7 |');
  expect(text).toContain('| Cost | \\$1\\.00 |');
  expect(text).not.toContain('Preset');
});
