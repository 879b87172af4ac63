import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

const two = (edge: unknown, depth: unknown, more = {}) => ({
  edge: { control_weight: edge, ...more },
  depth: { control_weight: depth },
});

test('without masks, a sum above 1 is a warning with the balanced weights', () => {
  expect(foundIn('weight_sum', two(0.9, 0.6))).toMatchObject([
    {
      severity: 'warning',
      path: [],
      message:
        'the weights edge 0.9, depth 0.6 add up to 1.5 and act as they are: they are scaled to 1 only where a mask is used',
      fix: 'For the same balance at full strength: edge 0.6, depth 0.4.',
    },
  ]);
  const three = { ...two(0.33, 0.8), seg: { control_weight: 0.33 } };
  expect(foundIn('weight_sum', three)[0]?.fix).toMatch(/: edge 0\.23, depth 0\.55, seg 0\.22\.$/); // 1 and not 1.01
  expect(foundIn('weight_sum', { ...two(0.23, 0.55), seg: { control_weight: 0.22 } })).toEqual([]);
  expect(foundIn('weight_sum', { edge: {}, depth: {} })).toHaveLength(1); // the default of each is 1
  expect(foundIn('weight_sum', two(0.5, 0.5))).toEqual([]);
  expect(foundIn('weight_sum', { ...two(0.1, 0.2), seg: { control_weight: 0.7 } })).toEqual([]);
  expect(foundIn('weight_sum', { edge: { control_weight: 1 } })).toEqual([]);
});

test('with a mask they are scaled, and the effective weights are told', () => {
  const masked = two(0.9, 0.6, { mask_prompt: 'the car' });
  expect(foundIn('weight_sum', masked)).toEqual([]);
  expect(saidIn('weights_scaled', masked)).toEqual([
    'info : where all controls act, their weights are scaled to 1: edge 0.6, depth 0.4',
  ]);
  expect(foundIn('weights_scaled', two(0.5, 0.5, { mask_path: 'm.mp4' }))).toEqual([]);
  expect(foundIn('weights_scaled', two(0.9, 0.6))).toEqual([]);
});

test('a weight that NVIDIA refuses is not counted with its default', () => {
  expect(foundIn('weight_sum', two(4, 0.5))).toEqual([]);
  expect(foundIn('weight_sum', two('0.9', 0.5))).toHaveLength(1); // pydantic reads the text as a number
});

test('a run that nothing controls is told', () => {
  expect(saidIn('uncontrolled', { edge: { control_weight: 0 } })).toEqual([
    'warning edge.control_weight: the only control, edge, has weight 0: nothing holds the video to the scene',
  ]);
  expect(saidIn('uncontrolled', two(0, 0))).toEqual([
    'warning edge.control_weight: all controls have weight 0: nothing holds the video to the scene',
  ]);
  expect(foundIn('uncontrolled', two(0, 0.1))).toEqual([]);
  expect(foundIn('uncontrolled', { edge: { control_weight: 0.01 } })).toEqual([]);
});
