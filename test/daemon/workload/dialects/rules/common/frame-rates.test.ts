import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf, type MediaOf, media } from '../../../../../support/spec-check.js';

const ntsc = { ...media(9), fps: { num: 24_000, den: 1001 } };
const found = (code: string, spec: object, clips: MediaOf) => issuesOf(checked(spec, { media: clips }), code);
const without = { ...goodCosmos3, vision_path: undefined, aspect_ratio: undefined };

test('a control at another rate drifts', () => {
  const clips = { 'color.mp4': media(9), 'edge.mp4': media(9, 1280, 704, 25) };
  expect(found('fps_differs', goodTransfer25, clips)).toMatchObject([
    {
      severity: 'warning',
      path: ['edge', 'control_path'],
      message: 'edge runs at 25 frames per second, the colour video at 24: frames are matched by number, not by time',
    },
  ]);
  const same = { ...media(9), fps: { num: 48, den: 2 } };
  expect(found('fps_differs', goodTransfer25, { ...clips, 'edge.mp4': same })).toEqual([]);
  const unknown = { ...media(9), fps: { num: 0, den: 0 } };
  expect(found('fps_differs', goodTransfer25, { ...clips, 'edge.mp4': unknown })).toEqual([]);
});

test('cosmos3 without a colour video: the controls are held against the first', () => {
  const spec = { ...without, fps: 24, seg: { control_path: 'seg.mp4' } };
  const clips = { 'depth.mp4': media(9), 'seg.mp4': media(9, 1280, 704, 30) };
  expect(found('fps_differs', spec, clips)).toMatchObject([
    {
      path: ['seg', 'control_path'],
      message: 'seg runs at 30 frames per second, depth at 24: frames are matched by number, not by time',
    },
  ]);
});

test('transfer2.5 cuts a rate down to a whole number', () => {
  expect(found('fps_floored', goodTransfer25, { 'color.mp4': ntsc })).toMatchObject([
    {
      severity: 'warning',
      path: ['video_path'],
      message: 'the video runs at 23.976 frames per second; the result will run at 23',
      fix: 'Export the clip at 24 frames per second.',
    },
  ]);
  expect(found('fps_floored', goodTransfer25, { 'color.mp4': media(9) })).toEqual([]);
});

test('cosmos3 keeps the rate of the colour video and tells the model another', () => {
  const message = 'the colour video runs at 23.976 frames per second, but the model gets 24';
  expect(found('fps_rounded', goodCosmos3, { 'color.mp4': ntsc })).toMatchObject([
    { severity: 'warning', path: ['vision_path'], message },
  ]);
  expect(found('fps_rounded', goodCosmos3, { 'color.mp4': media(9) })).toEqual([]);
  expect(found('fps_floored', goodCosmos3, { 'color.mp4': ntsc })).toEqual([]);
});

test('cosmos3 without a colour video plays a fractional control at the whole rate of the spec', () => {
  expect(found('fps_rounded', { ...without, fps: 24 }, { 'depth.mp4': ntsc })).toMatchObject([
    {
      path: ['depth', 'control_path'],
      message: 'depth runs at 23.976 frames per second; the result will run at 24',
    },
  ]);
  expect(found('fps_rounded', { ...without, fps: 30 }, { 'depth.mp4': ntsc })).toEqual([]);
});
