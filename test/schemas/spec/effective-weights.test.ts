import { expect, test } from 'vitest';
import { effectiveWeights, type WeightedControl } from '../../../schemas/spec/effective-weights.js';

function control(block: string, weight: number, masked = false): WeightedControl {
  return { block, weight, masked };
}

test('transfer2.5 adds raw weights up, whatever their sum', () => {
  const controls = [control('edge', 1), control('depth', 0.6)];
  expect(effectiveWeights('transfer2.5', controls)).toEqual({ effect: 'asWritten', values: { edge: 1, depth: 0.6 } });
});

test('transfer2.5 scales them to 1 where a mask is used and they add up to more', () => {
  const controls = [control('edge', 0.5, true), control('depth', 1.5)];
  expect(effectiveWeights('transfer2.5', controls)).toEqual({
    effect: 'scaledDown',
    values: { edge: 0.25, depth: 0.75 },
  });
  const within = [control('edge', 0.3, true), control('depth', 0.3), control('seg', 0.4)];
  expect(effectiveWeights('transfer2.5', within).effect).toBe('asWritten');
});

test('cosmos3 takes shares of several controls and ignores the weight of a single one', () => {
  const controls = [control('edge', 1), control('blur', 3)];
  expect(effectiveWeights('cosmos3', controls)).toEqual({ effect: 'shares', values: { edge: 0.25, blur: 0.75 } });
  expect(effectiveWeights('cosmos3', [control('depth', 0.2)])).toEqual({ effect: 'ignored', values: { depth: 1 } });
  expect(effectiveWeights('cosmos3', [control('edge', 0), control('depth', 0)]).values).toEqual({ edge: 0, depth: 0 });
});

test('the preview mixes them as they are', () => {
  const controls = [control('edge', 1, true), control('depth', 0.6)];
  expect(effectiveWeights('preview', controls)).toEqual({ effect: 'asWritten', values: { edge: 1, depth: 0.6 } });
});
