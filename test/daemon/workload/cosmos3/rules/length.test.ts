import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { GOOD, issues, said } from './transfer.js';

test('num_frames does not set the length; max_frames is offered', () => {
  const [issue] = issues('num_frames_unused', { ...GOOD, num_frames: 49 });
  expect(issue).toMatchObject({
    severity: 'warning',
    path: ['num_frames'],
    message: 'num_frames 49 has no effect: the video gets the 93 frames of depth',
    fix: 'Write "max_frames": 49 to get a shorter video.',
  });
  expect(issues('num_frames_unused', { ...GOOD, num_frames: 121 })[0]?.fix).toBe(
    'Render depth longer, or remove num_frames.',
  );
});

test('a num_frames that says what happens is left alone', () => {
  expect(said('num_frames_unused', { ...GOOD, num_frames: 93 })).toEqual([]);
  expect(said('num_frames_unused', { ...GOOD, num_frames: 90 })).toEqual([]); // rounded up to 93
  expect(said('num_frames_unused', { ...GOOD, num_frames: 49, max_frames: 49 })).toEqual([]);
  expect(said('num_frames_unused', { ...GOOD, num_frames: 121 }, { media: {} })).toEqual([
    'info num_frames: num_frames 121 does not set the length: the video gets as many frames as depth has',
  ]);
});

test('the first control in the order of the model sets the length, not in that of the file', () => {
  const spec = { ...GOOD, num_frames: 49, edge: { control_path: 'short.mp4' } };
  const sources = { 'short.mp4': media(49), 'depth.mp4': media(93) };
  expect(said('num_frames_unused', spec, { media: sources })).toEqual([]);
});

test('without max_frames the end of a very long clip is lost', () => {
  const sources = { 'depth.mp4': media(6000, 320, 192), 'color.mp4': media(6000, 320, 192) };
  expect(said('frames_capped', GOOD, { media: sources })).toEqual([
    'warning depth.control_path: depth has 6000 frames, and only the first 5000 are used',
  ]);
  expect(said('frames_capped', { ...GOOD, max_frames: 6000 }, { media: sources })).toEqual([]);
  expect(said('frames_capped', GOOD)).toEqual([]);
});

test('all inputs are decoded at once, also what max_frames leaves out', () => {
  const big = { 'depth.mp4': media(3000, 1920, 1080), 'color.mp4': media(3000, 1920, 1080) };
  expect(said('decoding_memory', { ...GOOD, max_frames: 93 }, { media: big })).toEqual([
    "warning : the inputs take 37 GB of the host's memory: every frame is decoded at once",
  ]);
  expect(said('decoding_memory', GOOD)).toEqual([]);
});
