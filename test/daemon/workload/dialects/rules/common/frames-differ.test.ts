import { expect, test } from 'vitest';
import type { Dialect, Issue } from '../../../../../../schemas/index.js';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf, type MediaOf, media } from '../../../../../support/spec-check.js';

const found = (spec: object, clips: MediaOf, engine?: Dialect): Issue[] =>
  issuesOf(checked(spec, { media: clips, engine }), 'frames_differ');
const t25 = (change: object, color: number, edge: number) =>
  found({ ...goodTransfer25, ...change }, { 'color.mp4': media(color), 'edge.mp4': media(edge) });

test('transfer2.5: a short control is mirrored', () => {
  expect(t25({}, 93, 80)).toMatchObject([
    {
      severity: 'error',
      path: ['edge', 'control_path'],
      message: 'edge has 80 frames, the colour video 93: the end would be made up by playing edge backwards',
      fix: 'Render the missing frames, or cut the clip with "max_frames": 80.',
    },
  ]);
  expect(t25({}, 93, 93)).toEqual([]);
  expect(t25({}, 93, 1)[0]?.message).toBe('edge has 1 frames, the colour video 93: it would stand still');
});

test('transfer2.5: what ends before the last chunk is left to the rule about that', () => {
  expect(t25({}, 200, 185)).toHaveLength(1);
  expect(t25({}, 200, 184)).toEqual([]);
  const report = checked(goodTransfer25, { media: { 'color.mp4': media(200), 'edge.mp4': media(184) } });
  expect(issuesOf(report, 'control_ends_early')).toHaveLength(1);
});

test('transfer2.5: of a long control the rest is unused', () => {
  expect(t25({}, 93, 94)).toMatchObject([
    { severity: 'warning', message: 'edge has 94 frames, the colour video 93: the rest is not used' },
  ]);
});

test('transfer2.5: frames behind max_frames are not missed', () => {
  expect(t25({ max_frames: 80 }, 93, 80)).toEqual([]);
  expect(t25({ max_frames: 81 }, 93, 80)[0]?.message).toBe(
    'edge has 80 frames, 81 of the colour video are used: the end would be made up by playing edge backwards',
  );
});

test('a mask is measured too', () => {
  const edge = { control_path: 'edge.mp4', mask_path: 'mask.mp4' };
  const clips = { 'color.mp4': media(20), 'edge.mp4': media(20), 'mask.mp4': media(10) };
  expect(found({ ...goodTransfer25, edge }, clips)).toMatchObject([
    {
      path: ['edge', 'mask_path'],
      message:
        'the mask of edge has 10 frames, the colour video 20: the end would be made up by playing the mask of edge backwards',
    },
  ]);
});

test('nothing is said of files that nobody looked into, nor of pictures', () => {
  expect(found(goodTransfer25, { 'color.mp4': media(20) })).toEqual([]);
  expect(found(goodTransfer25, { 'edge.mp4': media(20) })).toEqual([]);
  const edge = { control_path: 'edge.png' };
  expect(found({ ...goodTransfer25, edge }, { 'color.mp4': media(20), 'edge.png': media(1) })).toEqual([]);
});

test('cosmos3: the first control sets the length, whatever the colour video has', () => {
  const clips = { 'color.mp4': media(20), 'depth.mp4': media(16) };
  expect(found(goodCosmos3, clips)).toMatchObject([
    {
      severity: 'warning',
      path: ['depth', 'control_path'],
      message: 'depth has 16 frames, the colour video 20: the result has 16, because the first control sets the length',
    },
  ]);
  expect(found({ ...goodCosmos3, max_frames: 16 }, clips)).toEqual([]);
  expect(found({ ...goodCosmos3, max_frames: 17 }, clips)).toHaveLength(1);
});

test('cosmos3: the other controls follow the first in the order of the model, not of the file', () => {
  const spec = {
    ...goodCosmos3,
    vision_path: undefined,
    aspect_ratio: undefined,
    seg: { control_path: 'seg.mp4' },
    edge: { control_path: 'edge.mp4' },
  };
  const clips = { 'edge.mp4': media(20), 'depth.mp4': media(16), 'seg.mp4': media(24) };
  expect(found(spec, clips, 'cosmos3')).toMatchObject([
    {
      severity: 'warning',
      path: ['depth', 'control_path'],
      message: 'depth has 16 frames, edge 20: the end would be made up by playing depth backwards',
    },
    {
      severity: 'warning',
      path: ['seg', 'control_path'],
      message: 'seg has 24 frames, edge 20: the rest is not used',
    },
  ]);
});

test('cosmos3: a first control that is computed has the frames of the colour video', () => {
  const spec = { ...goodCosmos3, edge: {} };
  const clips = { 'color.mp4': media(20), 'depth.mp4': media(16) };
  expect(found(spec, clips)[0]?.message).toMatch(/^depth has 16 frames, the colour video 20: the end/);
  expect(found(spec, { ...clips, 'depth.mp4': media(20) })).toEqual([]);
});
