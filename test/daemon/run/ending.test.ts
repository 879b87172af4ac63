import { expect, test } from 'vitest';
import { toJobError } from '../../../daemon/errors.js';
import { moveFor } from '../../../daemon/run/ending.js';
import type { MemberOutcome } from '../../../daemon/workload/engine.js';

const JOB = { id: 'job-1', run: 'run-1' };
const WORDS = { sentence: 'It broke.', remedy: 'Mend it.' };
const KNOWN: MemberOutcome = { kind: 'failed', message: 'x', failure: { code: 'no_frames', class: 'user', ...WORDS } };
const PASSING: MemberOutcome = {
  kind: 'failed',
  message: 'x',
  failure: { code: 'gpu_memory', class: 'host', ...WORDS },
};
const UNKNOWN: MemberOutcome = {
  kind: 'failed',
  message: 'x',
  failure: { code: 'unknown', class: 'host', isFinal: true, ...WORDS },
};
const PLAIN: MemberOutcome = { kind: 'failed', message: 'No video.' };

/** The event, or the sentence of what was thrown. */
function verdict(outcome: MemberOutcome, exitCode: number | null, log = 'ended\n', bytes = log.length): string {
  try {
    return moveFor({ job: JOB, outcome, exitCode, log: { bytes, tail: log } }).event;
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

test.each([
  ['a known failure of the spec is final', KNOWN, 1, 'failed'],
  ['also when nobody wrote down the exit code', KNOWN, null, 'failed'],
  ['one that may pass is tried again', PASSING, 1, 'It broke. Mend it.'],
  ['an unknown one is final', UNKNOWN, 1, 'failed'],
  ['so is one that the engine does not name', PLAIN, 1, 'failed'],
  ['a refusal is final', { kind: 'refused', message: 'No.' } satisfies MemberOutcome, 0, 'refused'],
] as const)('%s', (_, outcome, exitCode, expected) => {
  expect(verdict(outcome, exitCode)).toBe(expected);
});

test.each([UNKNOWN, PLAIN, { kind: 'unreached' } satisfies MemberOutcome])(
  'without exit code and known cause: %o is lost',
  (outcome) => {
    expect(verdict(outcome, null)).toContain('vanished without saying how it ended');
  },
);

test('whose doing it was goes with the job, and the code for programs', () => {
  const errorOf = (outcome: MemberOutcome) => {
    try {
      return moveFor({ job: JOB, outcome, exitCode: 1, log: { bytes: 6, tail: 'ended\n' } }).patch?.error;
    } catch (error) {
      return toJobError(error);
    }
  };
  const known = (kind: 'user' | 'host' | 'transient', isFinal?: true): MemberOutcome => ({
    kind: 'failed',
    message: 'x',
    failure: { code: 'c', class: kind, ...(isFinal && { isFinal }), ...WORDS },
  });
  for (const kind of ['user', 'host', 'transient'] as const)
    expect(errorOf(known(kind))).toMatchObject({ code: 'run_failed', class: kind, data: { failure: 'c' } });
  expect(errorOf(known('host', true))).toMatchObject({ class: 'host', data: { failure: 'c' } });
  expect(errorOf({ kind: 'refused', message: 'No.' })).toMatchObject({ class: 'user' });
  expect(errorOf(PLAIN)).toMatchObject({ class: 'host' });
});

test('what nobody should pay for twice is not tried again, although it is not the fault of the spec', () => {
  const gone: MemberOutcome = {
    kind: 'failed',
    message: 'x',
    failure: { code: 'output_gone', class: 'host', isFinal: true, ...WORDS },
  };
  for (const exitCode of [0, 1, null]) expect(verdict(gone, exitCode)).toBe('failed');
});

test('a run that ended before it began says with what words', () => {
  expect(verdict({ kind: 'unreached' }, 2, 'loading\nno such option\n')).toContain('its log ends "no such option"');
  expect(verdict({ kind: 'unreached' }, 2, '')).toContain('its log is empty');
});

test('a run that the kernel ended for lack of memory says so, unless the program itself said why it ended', () => {
  const ended = (outcome: MemberOutcome, outOfMemory: boolean) => {
    const log = { bytes: 6, tail: 'ended\n' };
    try {
      return moveFor({ job: JOB, outcome, exitCode: 137, outOfMemory, log }).event;
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  const killed: MemberOutcome = { kind: 'failed', message: 'x', failure: { code: 'killed', class: 'host', ...WORDS } };
  const nccl: MemberOutcome = { kind: 'failed', message: 'x', failure: { code: 'nccl', class: 'host', ...WORDS } };
  for (const outcome of [killed, nccl, UNKNOWN, PLAIN, { kind: 'unreached' } as const])
    expect(ended(outcome, true)).toMatch(/^The host ran out of memory while it made job-1/);
  expect(ended(killed, false)).toBe('It broke. Mend it.');
  expect(ended(KNOWN, true)).toBe('failed');
  expect(ended(PASSING, true)).toBe('It broke. Mend it.');
});

test('an unknown failure whose log a full disk has cut is tried again; one whose log is whole is not', () => {
  const cut = 'OSError: No space lef';
  expect(verdict(UNKNOWN, 1, cut, 8192)).toContain('disk is full');
  expect(verdict(UNKNOWN, 1, cut, 8193)).toBe('failed');
  expect(verdict(UNKNOWN, 1, `${cut}\n`, 8192)).toBe('failed');
  expect(verdict(KNOWN, 1, cut, 8192)).toBe('failed');
});
