import { expect, test } from 'vitest';
import { checkOf, costOf } from '../../../extension/src/editor/check-text.js';
import type { CheckReport, Estimate } from '../../../schemas/index.js';

function report(...severities: CheckReport['issues'][number]['severity'][]): CheckReport {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const issues = severities.map((severity) => {
    return { ...place, severity, source: 'preflight' as const, code: 'x', path: [], message: 'm' };
  });
  return { file: 'a.json', engine: 'transfer2.5', nvidia: 'accepts', stage: null, ok: true, issues };
}

const estimate: Estimate = {
  ...{ engine: 'transfer2.5', gpu: 'H100 PCIe', gpus: 1, frames: 120, chunks: 2, framesPerChunk: 93 },
  ...{
    secondsPerChunk: 264,
    seconds: 528,
    dollars: 0.4,
    source: 'A table.',
    confidence: 'published',
    hint: 'Shorter?',
  },
};

test('the check in one sentence', () => {
  const says = (checked: CheckReport) => {
    const check = checkOf(checked);
    return 'summary' in check ? check.summary : undefined;
  };
  expect(says(report())).toBe('The check found nothing wrong.');
  expect(says(report('info'))).toBe('The check found nothing wrong.');
  expect(says(report('error', 'warning', 'warning'))).toBe('The check found 1 error, 2 warnings.');
});

test('chunks, time and price, with the source of the numbers', () => {
  expect(costOf(estimate)).toEqual({
    summary: '120 frames in 2 chunks of 93 · about 8m 48s on one H100 PCIe · $0.40',
    source: 'Shorter? A table.',
  });
  const unknown = { ...estimate, seconds: null, dollars: null, chunks: 1, frames: 80, hint: null };
  expect(costOf(unknown)).toEqual({
    summary: '80 frames, which take the time of one chunk (93 frames)',
    source: 'A table.',
  });
});
