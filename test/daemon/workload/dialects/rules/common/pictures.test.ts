import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const found = (spec: object) => issuesOf(checked(spec), 'picture_for_video');

test('transfer2.5: a picture as colour video costs a whole chunk, unless the chunk is one frame', () => {
  const spec = { ...goodTransfer25, video_path: 'color.png', edge: { control_path: 'edge.png' } };
  const [issue, ...more] = found(spec);
  expect(more).toEqual([]);
  expect(issue).toMatchObject({
    severity: 'warning',
    path: ['video_path'],
    message: 'video_path is a picture: one picture is made, for the price of 93 frames',
  });
  expect(issue?.edits?.[0]?.text).toContain('"num_video_frames_per_chunk": 1');
  expect(found({ ...spec, num_video_frames_per_chunk: 1 })).toEqual([]);
});

test('transfer2.5: a picture as control or mask stands still', () => {
  const edge = { control_path: 'edge.png', mask_path: 'mask.JPG' };
  const then = 'it stands still, and a video of more than one chunk fails at the second';
  expect(found({ ...goodTransfer25, edge })).toMatchObject([
    { severity: 'warning', path: ['edge', 'control_path'], message: `edge is a single picture: ${then}` },
    { severity: 'info', path: ['edge', 'mask_path'], message: `the mask of edge is a single picture: ${then}` },
  ]);
});

test('cosmos3: pictures behind a first control that is a video', () => {
  const spec = { ...goodCosmos3, seg: { control_path: 'seg.png' } };
  expect(found(spec)).toMatchObject([
    { severity: 'warning', path: ['seg', 'control_path'], message: 'seg is a single picture: it stands still' },
  ]);
  expect(found({ ...spec, depth: { control_path: 'depth.png' } })).toEqual([]);
});
