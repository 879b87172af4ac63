import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { BARE, GOOD, repaired, said } from './transfer.js';

const long = { media: { 'color.mp4': media(200, 1280, 720), 'depth.mp4': media(200, 1280, 720) } };

test('a chunk is rounded up to 4k+1', () => {
  const spec = { ...GOOD, num_video_frames_per_chunk: 120 };
  expect(said('chunk_rounded', spec)).toEqual([
    'info num_video_frames_per_chunk: num_video_frames_per_chunk 120 is rounded up to 121',
  ]);
  expect(repaired('chunk_rounded', spec)).toEqual({ ...GOOD, num_video_frames_per_chunk: 121 });
  expect(said('chunk_rounded', { ...GOOD, num_video_frames_per_chunk: 121 })).toEqual([]);
});

test('the overlap must leave something new in a chunk', () => {
  const spec = { ...GOOD, num_conditional_frames: 93 };
  const what = 'num_conditional_frames: num_conditional_frames 93 leaves nothing new in a chunk of 93 frames';
  expect(said('overlap_too_long', spec, long)).toEqual([`error ${what}: the run would stop`]);
  expect(said('overlap_too_long', spec, { media: {} })).toEqual([`warning ${what}: a longer video would stop the run`]);
  expect(said('overlap_too_long', spec)).toEqual([]); // 93 frames are one chunk
  expect(said('overlap_too_long', { ...spec, num_conditional_frames: 92 }, long)).toEqual([]);
});

test('an overlap acts in steps of four frames', () => {
  expect(said('overlap_steps', { ...GOOD, num_conditional_frames: 3 })).toEqual([
    'info num_conditional_frames: of num_conditional_frames 3 only 1 joins two chunks',
  ]);
  expect(said('overlap_steps', { ...GOOD, num_conditional_frames: 8 })).toEqual([
    'info num_conditional_frames: of num_conditional_frames 8 only 5 join two chunks',
  ]);
  for (const good of [0, 1, 5, 9]) expect(said('overlap_steps', { ...GOOD, num_conditional_frames: good })).toEqual([]);
});

test('chunks without an overlap jump', () => {
  const spec = { ...GOOD, num_conditional_frames: 0 };
  expect(said('chunks_unconnected', spec, long)).toEqual([
    'warning num_conditional_frames: num_conditional_frames is 0: the 3 chunks do not continue from each other',
  ]);
  expect(said('chunks_unconnected', spec, { media: {} })).toHaveLength(1);
  expect(said('chunks_unconnected', spec)).toEqual([]);
  expect(said('chunks_unconnected', GOOD, long)).toEqual([]);
});

test('the first chunk starts from frames of the colour video', () => {
  const first = (frames: number) => ({ num_first_chunk_conditional_frames: frames });
  expect(said('first_chunk_frames', { ...BARE, ...first(1) })).toEqual([
    'error num_first_chunk_conditional_frames: num_first_chunk_conditional_frames 1 needs a vision_path to take the frames from',
  ]);
  expect(said('first_chunk_frames', { ...GOOD, ...first(94) })).toEqual([
    'error num_first_chunk_conditional_frames: num_first_chunk_conditional_frames 94 is more than the 93 frames of a chunk: the run would stop',
  ]);
  expect(said('first_chunk_frames', { ...GOOD, ...first(93) })).toEqual([]);
  expect(said('first_chunk_frames', { ...BARE, ...first(0) })).toEqual([]);
});
