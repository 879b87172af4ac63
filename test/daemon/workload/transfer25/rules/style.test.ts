import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { foundIn, saidIn } from './good-spec.js';

test('a frame wins over an image', () => {
  expect(saidIn('style_image_ignored', { context_frame_index: 5, image_context_path: 's.png' })).toEqual([
    'warning image_context_path: image_context_path is ignored: frame 5 of the colour video gives the style',
  ]);
  expect(foundIn('style_image_ignored', { image_context_path: 's.png' })).toEqual([]);
  expect(foundIn('style_image_ignored', { context_frame_index: 5 })).toEqual([]);
});

test('a frame behind the end is an error, whatever max_frames says', () => {
  const known = { media: { 'color.mp4': media(50) } };
  expect(foundIn('style_frame_missing', { context_frame_index: 50 }, known)).toMatchObject([
    {
      severity: 'error',
      path: ['context_frame_index'],
      message: 'there is no frame 50: the colour video has 50 frames, 0 to 49',
      fix: 'Use 1 to 49.',
    },
  ]);
  expect(foundIn('style_frame_missing', { context_frame_index: 49, max_frames: 10 }, known)).toEqual([]);
  expect(foundIn('style_frame_missing', { context_frame_index: 50 })).toEqual([]);
});

test('vis and a frame both set the style', () => {
  expect(saidIn('style_twice', { vis: {}, context_frame_index: 5 })).toEqual([
    'warning context_frame_index: vis and frame 5 both set the style of the picture',
  ]);
  expect(foundIn('style_twice', { context_frame_index: 5 })).toEqual([]);
  expect(foundIn('style_twice', { vis: {} })).toEqual([]);
});
