import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { BARE, GOOD, issues, repaired, said } from './transfer.js';

const still = { ...BARE, fps: undefined, depth: { control_path: 'depth.png' } };

test('an image needs num_frames 1, which is safe to write', () => {
  const [issue] = issues('one_frame_mismatch', still);
  expect(issue).toMatchObject({
    severity: 'error',
    path: [],
    message: 'depth has one frame, and num_frames is 189: an image cannot be saved as a video',
  });
  expect(repaired('one_frame_mismatch', still)).toMatchObject({ num_frames: 1, depth: { control_path: 'depth.png' } });
  expect(said('one_frame_mismatch', { ...still, num_frames: 1 })).toEqual([]);
  expect(said('one_frame_mismatch', { ...still, num_frames: 93 })).toEqual([
    'error num_frames: depth has one frame, and num_frames is 93: an image cannot be saved as a video',
  ]);
});

test('one frame is one frame, be it a video or cut down to it', () => {
  expect(said('one_frame_mismatch', BARE, { media: { 'depth.mp4': media(1) } })).toHaveLength(1);
  expect(said('one_frame_mismatch', { ...BARE, max_frames: 1 })).toEqual([
    'error : max_frames is 1, and num_frames is 189: an image cannot be saved as a video',
  ]);
});

test('with a colour video the kind of job is pinned down as well: it would be guessed from num_frames', () => {
  const spec = { ...GOOD, max_frames: 1 };
  expect(repaired('one_frame_mismatch', spec)).toEqual({ ...spec, num_frames: 1, model_mode: 'video2video' });
});

test('a video must not have num_frames 1', () => {
  const [issue] = issues('one_frame_mismatch', { ...BARE, num_frames: 1 });
  expect(issue).toMatchObject({
    severity: 'error',
    path: ['num_frames'],
    message: 'num_frames 1 asks for one image, and the result has 93 frames: saving fails',
  });
  expect(issue?.edits).toBeUndefined();
  expect(said('one_frame_mismatch', { ...BARE, model_mode: 'text2image' })).toEqual([
    'error model_mode: model_mode "text2image" asks for one image, and the result has 93 frames: saving fails',
  ]);
  expect(said('one_frame_mismatch', { ...BARE, num_frames: 1 }, { media: {} })).toEqual([
    'warning num_frames: num_frames 1 asks for one image: if depth has more than one frame, saving fails',
  ]);
});

test('a .webp is accepted and cannot be opened', () => {
  expect(said('webp_not_opened', { ...GOOD, vision_path: 'color.WEBP' })).toEqual([
    'error vision_path: vision_path is a .webp image: it is accepted, and the run cannot open it',
  ]);
  expect(said('webp_not_opened', { ...GOOD, vision_path: 'color.png' })).toEqual([]);
});
