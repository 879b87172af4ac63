import { expect, test } from 'vitest';
import { GOOD, issues, repaired, said } from './transfer.js';

test('several controls fall back to general defaults', () => {
  const two = { ...GOOD, edge: {} };
  const tail = 'the tuned values hold for a single control only';
  expect(said('several_controls_defaults', two)).toEqual([
    `warning : edge and depth together run with guidance 6 and control_guidance 1: ${tail}`,
  ]);
  expect(said('several_controls_defaults', { ...two, guidance: 3 })).toEqual([
    `warning : edge and depth together run with control_guidance 1: ${tail}`,
  ]);
  expect(said('several_controls_defaults', { ...two, guidance: 3, control_guidance: 1.5 })).toEqual([]);
  expect(said('several_controls_defaults', { ...two, defaults_file: 'own.json' })).toEqual([]);
  expect(said('several_controls_defaults', GOOD)).toEqual([]);
});

test.each([
  [1, 'info control_guidance: control_guidance 1 is off: the controls act without reinforcement'],
  [0.5, 'info control_guidance: control_guidance 0.5 weakens the controls'],
  [0, 'warning control_guidance: control_guidance 0 takes the controls out of the result'],
])('control_guidance %s', (control_guidance, sentence) => {
  expect(said('control_guidance_weak', { ...GOOD, control_guidance })).toEqual([sentence]);
});

test('control_guidance above 1 is what it is for', () => {
  expect(said('control_guidance_weak', { ...GOOD, control_guidance: 1.1 })).toEqual([]);
});

test.each([
  ['control_guidance_interval', 'control_guidance'],
  ['guidance_interval', 'guidance'],
])('%s must hold a timestep', (key, what) => {
  const say = (interval: number[]) => said('guidance_interval_empty', { ...GOOD, [key]: interval });
  expect(say([800, 200])).toEqual([
    `warning ${key}: ${key} [800, 200] is the wrong way round: ${what} is never applied`,
  ]);
  expect(say([400, 400])).toEqual([`warning ${key}: ${key} [400, 400] holds no timestep: ${what} is never applied`]);
  expect(say([1000, 1200])).toHaveLength(1);
  expect(say([0, 0.6])).toEqual([
    `warning ${key}: ${key} [0, 0.6] ends at timestep 0.6 of 1000: ${what} is never applied before the very end`,
  ]);
  expect(say([0, 1000])).toEqual([]);
  expect(say([200, 800])).toEqual([]);
});

test('an interval the wrong way round is turned, and no other', () => {
  const spec = { ...GOOD, guidance_interval: [800, 200] };
  expect(repaired('guidance_interval_empty', spec)).toEqual({ ...GOOD, guidance_interval: [200, 800] });
  expect(issues('guidance_interval_empty', { ...GOOD, guidance_interval: [400, 400] })[0]?.edits).toBeUndefined();
});

test('an interval of a guidance that is off has no effect', () => {
  const spec = { ...GOOD, control_guidance: 1, control_guidance_interval: [0, 500] };
  expect(said('control_interval_unused', spec)).toEqual([
    'warning control_guidance_interval: control_guidance_interval has no effect: control_guidance is 1, which is off',
  ]);
  expect(said('control_interval_unused', { ...spec, control_guidance: 2 })).toEqual([]);
});
