import { expect, test } from 'vitest';
import { goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf, media } from '../../../../../support/spec-check.js';

const found = (frames: number, change: object = {}) =>
  issuesOf(checked({ ...goodTransfer25, ...change }, { media: { 'color.mp4': media(frames) } }), 'frames_capped');

test('frames behind the 5000th are not used', () => {
  expect(found(5001)).toMatchObject([
    {
      severity: 'warning',
      path: ['video_path'],
      message: 'the colour video has 5001 frames, and only the first 5000 are used',
    },
  ]);
  expect(found(5000)).toEqual([]);
  expect(found(5001, { max_frames: 200 })).toEqual([]);
});
