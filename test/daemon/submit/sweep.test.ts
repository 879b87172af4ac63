import { expect, test } from 'vitest';
import { expandSweep } from '../../../daemon/submit/sweep.js';

test('a sweep is the product of its axes, with names that tell the cells apart', () => {
  const cells = expandSweep({ weights: { depth: 0.5 } }, { seed: [1, 2], edge: [0.3, 'off'] });
  expect(cells.map(({ suffix }) => suffix)).toEqual([
    '_seed1_edge0-3',
    '_seed1_edgeoff',
    '_seed2_edge0-3',
    '_seed2_edgeoff',
  ]);
  expect(cells[1]?.options).toEqual({ seed: 1, weights: { depth: 0.5, edge: 'off' } });
});

test('prompts are numbered, other names are spec fields, equal cells are made once', () => {
  const cells = expandSweep({}, { prompt: ['A wet street', 'A dry street'], guidance: [3, 3] });
  expect(cells).toEqual([
    { suffix: '_prompt1_guidance3', options: { prompt: 'A wet street', set: { guidance: 3 } } },
    { suffix: '_prompt2_guidance3', options: { prompt: 'A dry street', set: { guidance: 3 } } },
  ]);
});

test('no sweep is one cell', () => {
  expect(expandSweep({ seed: 3 })).toEqual([{ options: { seed: 3 }, suffix: '' }]);
});

test('too many cells and impossible values are refused', () => {
  const many = Array.from({ length: 30 }, (_, i) => i);
  expect(() => expandSweep({}, { seed: many, guidance: many })).toThrow(/makes 900 jobs, more than 500/);
  expect(() => expandSweep({}, { edge: [2] })).toThrow('The sweep axis "edge" cannot have the value 2.');
  expect(() => expandSweep({}, { seed: ['x'] })).toThrow(/axis "seed"/);
});
