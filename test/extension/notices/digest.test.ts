import { expect, test } from 'vitest';
import { digest, isWanted } from '../../../extension/src/notices/digest.js';
import { makeJob } from '../../support/told.js';

const finished = makeJob({ state: 'succeeded' });
const failed = makeJob({
  name: 'yard',
  state: 'failed',
  error: { code: 'run_failed', class: 'host', message: 'The GPU is gone.' },
});
const held = makeJob({ name: 'hall', state: 'held', reason: 'Its prompt is only a template.' });

test('one job in a sentence', () => {
  expect(digest([finished])).toMatchObject({ message: 'lot is finished.', needsYou: false });
  expect(digest([failed])).toMatchObject({ message: 'yard failed. The GPU is gone.', needsYou: true });
  expect(digest([held]).message).toBe('hall waits for you. Its prompt is only a template.');
});

test('many jobs in one, and the one that needs a person is shown', () => {
  expect(digest([finished, finished, failed])).toEqual({
    message: 'Jobs: 2 finished, 1 need you.',
    needsYou: true,
    job: failed,
  });
});

test('only what somebody wants to hear', () => {
  expect([isWanted(finished, 'all'), isWanted(finished, 'needsYou'), isWanted(finished, 'off')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(isWanted(held, 'needsYou')).toBe(true);
  expect(isWanted(makeJob({ state: 'running' }), 'all')).toBe(false);
});
