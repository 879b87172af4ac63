import { expect, test } from 'vitest';
import { GOOD, issues, said } from './transfer.js';

const depth = (weight: unknown) => ({ ...GOOD, depth: { control_path: 'depth.mp4', weight } });
const two = (first: unknown, second: unknown) => ({
  ...depth(second),
  edge: { weight: first },
  guidance: 3,
  control_guidance: 1.5,
});

test('the weight of the only control has no effect, and control_guidance is offered', () => {
  const [issue] = issues('single_weight', depth(0.4));
  expect(issue).toMatchObject({
    severity: 'warning',
    source: 'preflight',
    path: ['depth', 'weight'],
    line: 9,
    message: 'weight 0.4 of depth has no effect: weights are scaled to a sum of 1, and depth is the only control',
    fix: 'Use control_guidance to make depth stronger or weaker (0 to 10, now 1.5), and remove the weight.',
  });
  expect(issue?.edits).toBeUndefined();
  expect(issues('single_weight', depth(1))).toEqual([]);
  expect(issues('single_weight', two(0.4, 0.6))).toEqual([]);
});

test.each([
  ['-1', 'is below 0'],
  ['NaN', 'is no finite number'],
  ['Infinity', 'is no finite number'],
])('weight %s stops the run', (weight, why) => {
  const text = JSON.stringify(two(0.5, 'HERE'), null, 2).replace('"HERE"', weight);
  expect(said('weight_unusable', text)).toEqual([
    `error depth.weight: weight ${weight} of depth ${why}: the run would stop, or make a broken picture`,
  ]);
});

test('one weight above 0 is enough; the other control is then in vain', () => {
  expect(said('weights_all_zero', two(0, 0))).toEqual([
    'error edge.weight: the weight of every control is 0: the run would stop',
  ]);
  expect(said('weights_all_zero', depth(0))).toEqual([
    'error depth.weight: the weight of depth, the only control, is 0: the run would stop',
  ]);
  expect(said('single_weight', depth(0))).toEqual([]);
  expect(said('weights_all_zero', two(0, 1))).toEqual([]);
  expect(said('weight_zero', two(0, 1))).toEqual([
    'info edge.weight: edge has weight 0: it changes nothing and still takes time',
  ]);
  expect(said('weight_zero', two(0, 0))).toEqual([]);
});

test('the weights of several controls are shares', () => {
  expect(said('weights_scaled', two(0.6, 0.3))).toEqual([
    'info edge.weight: weights are shares: edge 0.6 acts as 67 % and depth 0.3 acts as 33 %',
  ]);
  expect(said('weights_scaled', two(undefined, 0.5))).toEqual([
    'info depth.weight: weights are shares: edge 1 acts as 67 % and depth 0.5 acts as 33 %',
  ]);
  expect(said('weights_scaled', two(0.7, 0.3))).toEqual([]);
  expect(said('weights_scaled', two(undefined, undefined))).toEqual([]);
  expect(said('weights_scaled', two(0, 0))).toEqual([]);
  expect(said('weights_scaled', depth(0.4))).toEqual([]);
});
