import { expect, test } from 'vitest';
import { checked } from '../../../../support/spec-check.js';
import { BARE, GOOD, issues, said } from './transfer.js';

test('a spec without a control is no transfer', () => {
  expect(said('no_control', { ...GOOD, depth: undefined })).toEqual([
    'error : there is no control in this spec: it would not be a transfer',
  ]);
  expect(said('no_control', { ...GOOD, depth: null })).toHaveLength(1);
  expect(said('no_control', { ...GOOD, depth: undefined, edge: {} })).toEqual([]);
});

test('what NVIDIA refuses by itself is not said again', () => {
  const report = checked({ ...GOOD, depth: undefined, max_frames: 10 }, { engine: 'cosmos3' });
  expect(report.issues.map(({ source, code }) => [source, code])).toEqual([['nvidia', 'value_error']]);
  expect(said('no_control', { ...GOOD, depth: true })).toEqual([]);
  expect(said('control_missing', { ...BARE, depth: {} })).toEqual([]);
  const none = { facts: { entry: () => 'none' as const } };
  expect(said('control_missing', { ...GOOD, depth: { control_path: 'gone.mp4' } }, none)).toEqual([]);
});

test.each(['depth', 'seg', 'wsm'])('%s cannot be computed', (hint) => {
  expect(issues('control_missing', { ...GOOD, depth: undefined, [hint]: {} })).toMatchObject([
    {
      severity: 'error',
      path: [hint],
      message: `${hint} has no control_path: it cannot be computed from the colour video`,
    },
  ]);
});

test.each(['edge', 'blur'])('%s can', (hint) => {
  expect(said('control_missing', { ...GOOD, depth: undefined, [hint]: {} })).toEqual([]);
});

test('a preset acts on a computed control only', () => {
  const edge = { preset_edge_threshold: 'low' };
  expect(said('control_preset_unused', { ...GOOD, edge: { ...edge, control_path: 'edge.mp4' } })).toEqual([
    'info edge.preset_edge_threshold: preset_edge_threshold has no effect: edge is read from its control_path as it is',
  ]);
  expect(said('control_preset_unused', { ...GOOD, edge })).toEqual([]);
});

test('wsm loses its own defaults beside other controls', () => {
  const both = { ...BARE, fps: undefined, wsm: { control_path: 'wsm.mp4' } };
  expect(said('wsm_among_others', both)).toEqual([
    'warning wsm: wsm together with depth gets chunks of 93 frames instead of 101 and 24 frames per second instead of 10',
  ]);
  expect(said('wsm_among_others', { ...both, fps: 10, num_video_frames_per_chunk: 101 })).toEqual([]);
  expect(said('wsm_among_others', { ...both, depth: undefined })).toEqual([]);
});
