import { expect, test } from 'vitest';
import { isWait, judgeFailure } from '../../../daemon/run/retry.js';
import type { Job, JobError, JobState } from '../../../schemas/index.js';

const RULE = { retries: 2, backoff: 10 };
const NOW = Date.UTC(2026, 0, 1);

function judge(state: JobState, errorClass: JobError['class'], tries = 1, code = 'internal'): string {
  const error = { code, class: errorClass, message: 'It broke.' };
  const verdict = judgeFailure({ state } as Job, error, tries, RULE, NOW);
  if (verdict.kind === 'again') return `again after ${verdict.afterMs / 1000} s`;
  const { event, patch } = verdict.move;
  const due = patch?.notBefore ? ` in ${(Date.parse(patch.notBefore) - NOW) / 1000} s` : '';
  return `${event}${due}${verdict.release ? ', released' : ''}`;
}

test.each([
  ['preparing', 'user', 1, 'failed'],
  ['preparing', 'host', 1, 'again after 10 s'],
  ['preparing', 'host', 2, 'again after 20 s'],
  ['preparing', 'host', 3, 'failed'],
  ['staging', 'transient', 1, 'requeued in 10 s, released'],
  ['staged', 'host', 2, 'requeued in 20 s, released'],
  ['staged', 'host', 3, 'failed, released'],
  ['staging', 'user', 1, 'failed, released'],
  ['running', 'user', 1, 'failed, released'],
  ['running', 'host', 1, 'again after 10 s'],
  ['running', 'host', 99, 'again after 60 s'],
  ['collecting', 'user', 1, 'failed, released'],
  ['collecting', 'host', 1, 'again after 10 s'],
  ['collecting', 'host', 3, 'failed, released'],
  ['stopping', 'user', 99, 'again after 60 s'],
] as const)('%s, %s, try %d: %s', (state, errorClass, tries, verdict) => {
  expect(judge(state, errorClass, tries)).toBe(verdict);
});

test('a run that is over is tried again in another run while tries last', () => {
  expect(judge('running', 'transient', 2, 'run_lost')).toBe('requeued in 20 s, released');
  expect(judge('running', 'transient', 3, 'run_lost')).toBe('failed, released');
});

test('a host that cannot be reached or does not let us in keeps its jobs where they are, for ever', () => {
  for (const state of ['staging', 'staged', 'running', 'collecting', 'stopping'] as const) {
    expect(judge(state, 'transient', 99, 'host_timeout')).toBe('again after 60 s');
    expect(judge(state, 'host', 1, 'host_key_changed')).toBe('again after 10 s');
  }
});

test('a full disk of this computer is waited for, wherever the job is, and nothing of it is ended', () => {
  for (const state of ['preparing', 'staging', 'staged', 'running', 'collecting', 'stopping'] as const) {
    expect(judge(state, 'host', 99, 'no_space_here')).toBe('again after 60 s');
  }
});

test('a run that found no room to start on its host stays there until there is some', () => {
  expect(judge('staged', 'host', 99, 'disk_full')).toBe('again after 60 s');
  expect(judge('staging', 'host', 1, 'disk_full')).toBe('requeued in 10 s, released');
});

test('a GPU that somebody else uses is waited for in the queue, for ever', () => {
  expect(judge('staged', 'transient', 2, 'gpu_busy')).toBe('requeued in 20 s, released');
  expect(judge('staged', 'transient', 99, 'gpu_busy')).toBe('requeued in 60 s, released');
  expect(judge('staged', 'transient', 99, 'leases_blocked')).toBe('requeued in 60 s, released');
  const error = { code: 'gpu_busy', class: 'transient', message: 'GPU 0: blender' } as const;
  const verdict = judgeFailure({ state: 'staged' } as Job, error, 1, RULE, NOW);
  expect(verdict).toMatchObject({ move: { patch: { reason: 'GPU 0: blender' } } });
  expect(verdict).not.toHaveProperty('move.patch.error'); // that would count against its group
});

test.each([
  ['staging', 'host_timeout', true],
  ['staged', 'gpu_busy', true],
  ['staged', 'leases_blocked', true],
  ['running', 'disk_full', true],
  ['running', 'run_lost', false],
  ['staging', 'disk_full', false],
  ['collecting', 'transfer_failed', false],
  ['stopping', 'internal', true],
] as const)('waiting takes no try: %s with %s is a wait: %s', (state, code, is) => {
  expect(isWait({ state }, { code, class: 'host', message: 'It broke.' })).toBe(is);
});

test.each(['running', 'collecting'] as const)('%s: what a host offers too much of is not paid for twice', (state) => {
  expect(judge(state, 'host', 1, 'too_much_from_host')).toMatch(/^failed/);
  expect(isWait({ state }, { code: 'too_much_from_host', class: 'host', message: 'It offers 2 TB.' })).toBe(false);
});
