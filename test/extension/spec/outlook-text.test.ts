import { expect, test } from 'vitest';
import { costLabel, verdict, weightLabel } from '../../../extension/src/spec/outlook-text.js';
import type { Estimate } from '../../../schemas/index.js';
import { goodTransfer25 } from '../../support/good-specs.js';
import { checked } from '../../support/spec-check.js';

const estimate: Estimate = {
  ...{ engine: 'transfer2.5', gpu: 'H100 PCIe', gpus: 1, frames: 121, chunks: 2, framesPerChunk: 93 },
  ...{ secondsPerChunk: 264, seconds: 528, dollars: 0.44, source: '', confidence: 'published', hint: null },
};

test('chunks, time and price as far as they are known', () => {
  expect(costLabel(estimate)).toBe('2 chunks · ~8m · $0.44');
  expect(costLabel({ ...estimate, chunks: 1, seconds: null, dollars: null })).toBe('1 chunk');
});

test('a weight is told only where it acts otherwise than it is written', () => {
  const weight = { line: 1, column: 1, endLine: 1, endColumn: 4, hint: 'edge', written: 0.5, effective: 0.5, says: '' };
  expect(weightLabel(weight)).toBeUndefined();
  expect(weightLabel({ ...weight, effective: 1 / 3 })).toBe('acts as 0.33');
  expect(weightLabel({ ...weight, written: null, effective: 1 })).toBe('acts as 1');
});

test('the verdict counts what matters', () => {
  expect(verdict(checked(goodTransfer25))).toBe('no problem');
  expect(verdict(checked({ ...goodTransfer25, seed: 'x', colour: 1 }))).toBe('2 errors');
});
