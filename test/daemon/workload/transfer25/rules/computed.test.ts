import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { foundIn, saidIn } from './good-spec.js';

test('seg from the colour video may find nothing', () => {
  expect(saidIn('seg_may_find_nothing', { seg: { control_prompt: 'cars' } })).toEqual([
    'info seg: seg is computed from the colour video: if nothing of "cars" is found in the first frame, the run stops',
  ]);
  expect(saidIn('seg_may_find_nothing', { seg: {} })[0]).toContain('if nothing of the prompt is found');
  expect(foundIn('seg_may_find_nothing', { seg: { control_path: 's.mp4' } })).toEqual([]);
});

test('depth and seg are computed for the whole video', () => {
  const known = { media: { 'color.mp4': media(200) } };
  expect(saidIn('whole_video_computed', { depth: {}, max_frames: 24 }, known)).toEqual([
    'info max_frames: depth is computed for all 200 frames of the colour video, not for the first 24 only',
  ]);
  expect(saidIn('whole_video_computed', { seg: {}, max_frames: 24 })[0]).toContain(
    'for all frames of the colour video',
  );
  expect(foundIn('whole_video_computed', { depth: {}, max_frames: 200 }, known)).toEqual([]);
  expect(foundIn('whole_video_computed', { depth: {} }, known)).toEqual([]);
  expect(foundIn('whole_video_computed', { edge: {}, max_frames: 24 }, known)).toEqual([]);
  expect(foundIn('whole_video_computed', { depth: { control_path: 'd.mp4' }, max_frames: 24 }, known)).toEqual([]);
});
