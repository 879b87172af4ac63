import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { BARE, GOOD, issues, repaired, said } from './transfer.js';

const size = (width: number, height: number) => ({
  media: { 'color.mp4': media(93, width, height), 'depth.mp4': media(93, width, height) },
});
const unset = { ...GOOD, aspect_ratio: undefined };

test('aspect_ratio has no effect without a colour video', () => {
  const spec = { ...BARE, aspect_ratio: '16,9' };
  expect(said('aspect_ratio_unused', spec, size(1440, 1080))).toEqual([
    'warning aspect_ratio: aspect_ratio "16,9" has no effect without vision_path: the video gets "4,3", the shape nearest to depth',
  ]);
  expect(said('aspect_ratio_unused', spec, { media: {} })).toEqual([
    'warning aspect_ratio: aspect_ratio "16,9" has no effect without vision_path: the video gets the shape of depth',
  ]);
  expect(said('aspect_ratio_unused', spec)).toEqual([]);
  expect(said('aspect_ratio_unused', GOOD)).toEqual([]);
});

test('without aspect_ratio a 4:3 render loses a quarter of its height, and the right shape is written', () => {
  const [issue] = issues('aspect_ratio_unset', unset, size(1440, 1080));
  expect(issue).toMatchObject({
    severity: 'warning',
    path: [],
    message:
      'aspect_ratio is not set and becomes "16,9": 25 % of the height of the colour video (1440x1080) is cut off to make 1280x720',
    fix: 'Write "aspect_ratio": "4,3".',
  });
  expect(repaired('aspect_ratio_unset', unset, size(1440, 1080))).toEqual({ ...GOOD, aspect_ratio: '4,3' });
});

test('a shape that is near none of the five is a decision', () => {
  expect(issues('aspect_ratio_unset', unset, size(1200, 1000))[0]).toMatchObject({
    fix: 'Write "aspect_ratio": "4,3".',
  });
  expect(issues('aspect_ratio_unset', unset, size(1200, 1000))[0]?.edits).toBeUndefined();
});

test('without aspect_ratio a 16:9 render is as it should be', () => {
  expect(said('aspect_ratio_unset', unset)).toEqual([]);
  expect(said('aspect_ratio_unset', unset, { media: {} })).toEqual([
    'warning : aspect_ratio is not set: a picture of another shape than 16,9 will be cropped to it',
  ]);
  expect(said('aspect_ratio_unset', { ...unset, defaults_file: 'own.json' }, { media: {} })).toEqual([]);
});

test('what is cut off is said whoever chose the shape', () => {
  expect(said('picture_cropped', GOOD, size(1080, 1080))).toEqual([
    'warning aspect_ratio: 44 % of the height of the colour video (1080x1080) is cut off to make 1280x720',
  ]);
  expect(issues('picture_cropped', GOOD, size(1080, 1080))[0]?.fix).toBe('The nearest shape is "aspect_ratio": "1,1".');
  expect(said('picture_cropped', BARE, size(2048, 858))).toEqual([
    'warning depth.control_path: 26 % of the width of depth (2048x858) is cut off to make 1280x720',
  ]);
  expect(said('picture_cropped', unset, size(1080, 1080))).toEqual([]); // aspect_ratio_unset says it
  expect(said('picture_cropped', GOOD, size(1280, 704))).toEqual([]); // 2 %
  expect(said('picture_cropped', { ...GOOD, resolution: '256' })).toEqual([]); // 6 %, as every 16:9 picture there
});

test('the result has a size of its own', () => {
  expect(said('picture_resized', GOOD, size(1920, 1080))).toEqual([
    'info vision_path: the colour video is 1920x1080, the result will be 1280x720',
  ]);
  expect(said('picture_resized', BARE, size(1280, 704))).toEqual([
    'info depth.control_path: depth is 1280x704, the result will be 1280x720, and 2 % of its width is cut off',
  ]);
  const edge = { run: { model: 'Cosmos3-Edge' }, ...size(1920, 1080) };
  expect(said('picture_resized', GOOD, edge)[0]).toContain(
    'the result will be 832x480, and 2 % of its width is cut off',
  );
  expect(said('picture_resized', GOOD)).toEqual([]);
  expect(said('picture_resized', GOOD, size(1080, 1080))).toEqual([]);
});

test('an image made from an image keeps its own shape', () => {
  const image = { ...unset, vision_path: 'color.png', depth: { control_path: 'depth.png' }, num_frames: 1 };
  const square = { media: { 'color.png': media(1, 1000, 1000), 'depth.png': media(1, 1000, 1000) } };
  expect(said('aspect_ratio_unset', image, square)).toEqual([]);
  expect(said('picture_cropped', image, square)).toEqual([]);
  expect(said('picture_cropped', { ...image, aspect_ratio: '16,9' }, square)).toHaveLength(1);
  expect(said('aspect_ratio_unset', { ...image, model_mode: 'video2video' }, square)).toHaveLength(1);
});
