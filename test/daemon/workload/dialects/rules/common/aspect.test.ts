import { expect, test } from 'vitest';
import { goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf, media } from '../../../../../support/spec-check.js';

const found = (code: string, width: number, height: number, change: object = {}) =>
  issuesOf(checked({ ...goodTransfer25, ...change }, { media: { 'color.mp4': media(9, width, height) } }), code);

test.each([
  [1024, 429, '16:9', '26 % narrower'],
  [1620, 1080, '4:3', '11 % narrower'],
  [800, 1000, '3:4', '6 % narrower'],
  [500, 1000, '9:16', '13 % wider'],
])('%d x %d is stretched to %s', (width, height, shape, amount) => {
  expect(found('aspect_stretched', width, height)).toMatchObject([
    {
      severity: 'warning',
      path: ['video_path'],
      message: `the video is ${width}x${height} and is stretched to ${shape}: the model sees it ${amount}; the result is stretched back`,
      fix: `Render at ${shape}, or crop the clip to it.`,
    },
  ]);
});

test.each([
  [1920, 1080],
  [1280, 704],
  [960, 704],
  [1000, 1000],
  [720, 1280],
])('%d x %d is near enough', (width, height) => {
  expect(found('aspect_stretched', width, height)).toEqual([]);
});

test('without keep_input_resolution the result stays stretched', () => {
  const change = { keep_input_resolution: false };
  expect(found('aspect_stretched', 1024, 429, change)[0]?.message).toMatch(/narrower; so is the result$/);
});

test('an odd size is rounded down, when the size of the input is kept', () => {
  expect(found('odd_size', 1279, 719)).toMatchObject([
    { severity: 'info', path: ['video_path'], message: 'the video is 1279x719; the result will be 1278x718' },
  ]);
  expect(found('odd_size', 1280, 720)).toEqual([]);
  expect(found('odd_size', 1279, 719, { keep_input_resolution: false })).toEqual([]);
});
