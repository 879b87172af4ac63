import { expect, test } from 'vitest';
import { digest, isWanted } from '../../../extension/src/notices/digest.js';
import { makeJob } from '../../support/messages.js';

const finished = makeJob({
  state: 'succeeded',
  output: '/exports/street/street_2.mp4',
  startedAt: '2026-11-30T14:32:00.000Z',
  endedAt: '2026-11-30T14:32:34.000Z',
});
const error = { code: 'run_failed', class: 'host' as const, message: 'The GPU is gone.' };
const failed = makeJob({ name: 'yard', state: 'failed', attempt: 1, error });
const refused = { ...failed, state: 'refused' as const, error: null, reason: 'The prompt is not allowed.' };
const held = makeJob({ name: 'hall', state: 'held', reason: 'Its prompt is only a template.' });

test.each([
  ['a video, by its own name', finished, 'street_2 is finished in 34s.', 'video', false],
  [
    'of a daemon on Windows',
    { ...finished, output: 'C:\\shots\\a b_3.mp4' },
    'a b_3 is finished in 34s.',
    'video',
    false,
  ],
  ['without times', { ...finished, startedAt: null }, 'street_2 is finished.', 'video', false],
  ['a failure', failed, 'yard failed: The GPU is gone.', 'log', true],
  ['a failure before it ran', { ...failed, attempt: 0 }, 'yard failed: The GPU is gone.', 'queue', true],
  ['a refusal', refused, 'yard was refused: The prompt is not allowed.', 'log', true],
  ['a job that is held', held, 'hall is held: Its prompt is only a template.', 'queue', true],
] as const)('one job in a sentence: %s', (_, job, message, shows, needsYou) => {
  expect(digest([job])).toEqual({ message, needsYou, job, shows });
});

test('many jobs in one, and the one that needs a person is shown', () => {
  expect(digest([finished, finished, failed])).toEqual({
    message: '2 videos are finished. yard needs your attention.',
    needsYou: true,
    job: failed,
    shows: 'queue',
  });
  expect(digest([finished, failed, held]).message).toBe(
    '1 video is finished. 2 jobs need your attention, yard among them.',
  );
  expect(digest([finished, finished])).toMatchObject({ message: '2 videos are finished.', needsYou: false });
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
