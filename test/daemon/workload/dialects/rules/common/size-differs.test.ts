import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf, media } from '../../../../../support/spec-check.js';

const t25 = (width: number, height: number) =>
  issuesOf(
    checked(goodTransfer25, { media: { 'color.mp4': media(9, 1280, 720), 'edge.mp4': media(9, width, height) } }),
    'size_differs',
  );
const c3 = (width: number, height: number) =>
  issuesOf(
    checked(goodCosmos3, { media: { 'color.mp4': media(9, 1280, 720), 'depth.mp4': media(9, width, height) } }),
    'size_differs',
  );

test('the same size is silent, the same shape is worth a note', () => {
  expect(t25(1280, 720)).toEqual([]);
  expect(t25(640, 360)).toMatchObject([
    {
      severity: 'info',
      path: ['edge', 'control_path'],
      message: 'edge is 640x360, the colour video 1280x720: it is scaled to the same size',
    },
  ]);
});

test('transfer2.5 stretches a control, and fails where it would work on another shape', () => {
  expect(t25(1280, 800)).toMatchObject([
    { severity: 'warning', message: 'edge is 1280x800, the colour video 1280x720: it is stretched to the same shape' },
  ]);
  expect(t25(960, 720)).toMatchObject([
    {
      severity: 'error',
      message:
        'edge is 960x720, the colour video 1280x720: one would be worked on as 4:3 and the other as 16:9, and the run fails',
    },
  ]);
});

test('cosmos3 crops a control', () => {
  expect(c3(1280, 720)).toEqual([]);
  expect(c3(960, 720)).toMatchObject([
    {
      severity: 'warning',
      path: ['depth', 'control_path'],
      message: 'depth is 960x720, the colour video 1280x720: it is cropped to the same shape',
    },
  ]);
});

test('without a colour video the first control is the measure', () => {
  const spec = { ...goodCosmos3, vision_path: undefined, aspect_ratio: undefined, seg: { control_path: 'seg.mp4' } };
  const clips = { 'depth.mp4': media(9, 1280, 720), 'seg.mp4': media(9, 960, 720) };
  expect(issuesOf(checked(spec, { media: clips, engine: 'cosmos3' }), 'size_differs')).toMatchObject([
    { path: ['seg', 'control_path'], message: 'seg is 960x720, depth 1280x720: it is cropped to the same shape' },
  ]);
});
