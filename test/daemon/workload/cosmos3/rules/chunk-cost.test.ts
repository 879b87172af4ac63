import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { GOOD, issues } from './transfer.js';

const frames = (count: number) => ({
  media: { 'color.mp4': media(count, 1280, 720), 'depth.mp4': media(count, 1280, 720) },
});

test.each([
  [94, 2, 'The last chunk is for 1 frame only: with "max_frames": 93 it is saved.'],
  [185, 2, 'Nothing to do if you need all; with "max_frames": 93 one chunk is saved.'],
  [186, 3, 'The last chunk is for 1 frame only: with "max_frames": 185 it is saved.'],
  [200, 3, 'The last chunk is for 15 frames only: with "max_frames": 185 it is saved.'],
  [240, 3, 'Nothing to do if you need all; with "max_frames": 185 one chunk is saved.'],
])('%d frames make %d chunks', (count, chunks, fix) => {
  const [issue] = issues('chunk_count', GOOD, frames(count));
  expect(issue).toMatchObject({
    severity: 'info',
    path: ['depth', 'control_path'],
    message: `${count} frames are made in ${chunks} chunks of 93: ${chunks} times the time of one`,
  });
  expect(issue?.fix).toBe(fix);
});

test('one chunk is no news', () => {
  expect(issues('chunk_count', GOOD, frames(93))).toEqual([]);
  expect(issues('chunk_count', { ...GOOD, num_video_frames_per_chunk: 189 }, frames(186))).toEqual([]);
});

test('a short clip is filled up to a chunk', () => {
  const [issue] = issues('chunk_padded', GOOD, frames(40));
  expect(issue).toMatchObject({
    severity: 'info',
    message: '40 frames are filled up to a chunk of 93: 53 are made in vain',
    fix: 'Write "num_video_frames_per_chunk": 41 to save the time.',
  });
  expect(issues('chunk_padded', { ...GOOD, num_video_frames_per_chunk: 41 }, frames(40))).toEqual([]);
  expect(issues('chunk_padded', GOOD, frames(90))).toEqual([]);
  expect(issues('chunk_padded', { ...GOOD, num_frames: 1 }, frames(1))).toEqual([]);
});
