import { expect, test } from 'vitest';
import type { Media } from '../../../../../schemas/index.js';
import { media } from '../../../../support/spec-check.js';
import { foundIn } from './good-spec.js';

function refused(video: Media, spec = {}): number[] {
  const counts = Array.from({ length: 16 }, (_, index) => index + 1);
  return counts.filter(
    (gpus) => foundIn('gpu_count', spec, { media: { 'color.mp4': video }, run: { gpus } }).length > 0,
  );
}

test('five GPUs cannot share a wide video', () => {
  const options = { media: { 'color.mp4': media(93) }, run: { gpus: 5 } };
  expect(foundIn('gpu_count', {}, options)).toMatchObject([
    {
      severity: 'error',
      path: [],
      message: '5 GPUs cannot share this video: the model cannot split it into 5 equal parts',
      fix: 'Run it on 4 or 6 GPUs.',
    },
  ]);
  expect(foundIn('gpu_count', {}, { ...options, run: {} })).toEqual([]);
  expect(foundIn('gpu_count', {}, { run: { gpus: 5 } })).toEqual([]);
});

test('the counts depend on the shape and the resolution', () => {
  expect(refused(media(93))).toEqual([5, 7, 9, 10, 13, 14, 15]);
  expect(refused(media(93, 1920, 1080))).toEqual([5, 7, 9, 10, 13, 14, 15]);
  expect(refused(media(93, 704, 1280))).toEqual([7, 9, 11, 13, 14]);
  expect(refused(media(93, 960, 960))).toEqual([7, 11, 13, 14]);
  expect(refused(media(93, 960, 704))).toEqual([5, 7, 9, 10, 13, 14, 15]);
  expect(refused(media(93), { resolution: '480' })).toEqual([5, 7, 10, 11, 13, 14, 15, 16]);
  expect(refused(media(1), { num_video_frames_per_chunk: 1 })).toEqual([3, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16]);
});

test('what is not known is not guessed', () => {
  expect(refused(media(93), { resolution: '1080' })).toEqual([]);
  expect(refused(media(1, 960, 960), { num_video_frames_per_chunk: 1 })).toEqual([]);
});
