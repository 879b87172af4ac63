import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

test('seg alone is advised against', () => {
  expect(saidIn('seg_alone', { edge: undefined, seg: { control_path: 's.mp4' } })).toEqual([
    'warning seg: seg is the only control, and NVIDIA advises against that: the result looks unrealistic',
  ]);
  for (const other of ['edge', 'vis', 'depth']) {
    expect(foundIn('seg_alone', { edge: undefined, seg: {}, [other]: {} })).toEqual([]);
  }
  expect(foundIn('seg_alone', {})).toEqual([]);
});

test('seg and vis want edge beside them', () => {
  expect(saidIn('seg_vis_without_edge', { edge: null, seg: {}, vis: {} })).toEqual([
    'warning seg: NVIDIA advises against seg and vis without edge: what comes out is hard to predict',
  ]);
  expect(foundIn('seg_vis_without_edge', { seg: {}, vis: {} })).toEqual([]);
  expect(foundIn('seg_vis_without_edge', { edge: null, seg: {}, depth: {} })).toEqual([]);
});

test('a strong vis repeats the input', () => {
  expect(saidIn('vis_repeats_input', { vis: {} })).toEqual([
    'info vis.control_weight: vis with weight 1 gives almost the colour video back',
  ]);
  expect(foundIn('vis_repeats_input', { vis: { control_weight: 0.6 } })).toEqual([]);
});
