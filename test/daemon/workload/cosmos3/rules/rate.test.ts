import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { BARE, GOOD, issues, repaired, said } from './transfer.js';

const at = (fps: number) => ({
  media: { 'color.mp4': media(93, 1280, 720, fps), 'depth.mp4': media(93, 1280, 720, fps) },
});
const free = { ...BARE, fps: undefined };

test('fps has no effect with a colour video', () => {
  expect(said('fps_unused', { ...GOOD, fps: 30 })).toEqual([
    'warning fps: fps 30 has no effect: the video plays at the 24 of vision_path',
  ]);
  expect(said('fps_unused', { ...GOOD, fps: 24 })).toEqual([]);
  expect(said('fps_unused', { ...GOOD, fps: 30 }, { media: {} })).toEqual([
    'info fps: fps 30 has no effect: the video plays at the rate of vision_path',
  ]);
});

test('without a colour video the rate of the control is not taken', () => {
  expect(said('fps_not_of_control', free, at(30))).toEqual([
    'warning depth.control_path: depth has 30 frames per second and fps is not set and becomes 24: the video plays slower than rendered',
  ]);
  expect(repaired('fps_not_of_control', free, at(30))).toMatchObject({ fps: 30 });
  expect(said('fps_not_of_control', free, at(24))).toEqual([]);
  expect(said('fps_not_of_control', GOOD, at(30))).toEqual([]);
  expect(said('fps_not_of_control', free, { media: {} })).toEqual([
    'info : the video will play at 24 frames per second, whatever rate depth has',
  ]);
});

test('an fps that somebody wrote is not repaired', () => {
  const [issue] = issues('fps_not_of_control', { ...BARE, fps: 25 }, at(12));
  expect(issue).toMatchObject({
    severity: 'warning',
    path: ['fps'],
    message: 'depth has 12 frames per second and fps is 25: the video plays faster than rendered',
    fix: 'Write "fps": 12.',
  });
  expect(issue?.edits).toBeUndefined();
});

test('wsm alone has 10 frames per second', () => {
  const wsm = { ...free, depth: undefined, wsm: { control_path: 'depth.mp4' } };
  expect(said('fps_not_of_control', wsm, at(10))).toEqual([]);
  expect(said('fps_not_of_control', wsm, at(24))[0]).toContain('fps is not set and becomes 10: the video plays slower');
});

test('rates outside the training', () => {
  const tail = 'frames per second is outside the 10 to 30 of the training: quality may suffer';
  expect(said('fps_untrained', GOOD, at(60))).toEqual([`warning vision_path: 60 ${tail}`]);
  expect(said('fps_untrained', { ...BARE, fps: 9 })).toEqual([`warning fps: 9 ${tail}`]);
  expect(said('fps_untrained', { ...BARE, fps: 60, depth: { control_path: 'depth.png' } })).toEqual([]);
  for (const fps of [10, 30]) {
    expect(said('fps_untrained', { ...BARE, fps })).toEqual([]);
    expect(said('fps_untrained', GOOD, at(fps))).toEqual([]);
  }
});

test('an image as colour video makes a result of 1 frame per second', () => {
  const image = { ...GOOD, vision_path: 'color.png' };
  expect(said('image_sets_rate', image)).toEqual([
    'warning vision_path: vision_path is an image and depth a video: the result plays at 1 frame per second',
  ]);
  expect(said('image_sets_rate', { ...image, depth: { control_path: 'depth.png' } })).toEqual([]);
  expect(said('image_sets_rate', GOOD)).toEqual([]);
});
