import { expect, test } from 'vitest';
import { COMMON_RULES } from '../../../../../../daemon/workload/dialects/rules/common/all.js';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, media } from '../../../../../support/spec-check.js';

const clips = { 'color.mp4': media(121), 'edge.mp4': media(121), 'depth.mp4': media(121) };

test.each([
  ['transfer2.5', goodTransfer25],
  ['cosmos3', goodCosmos3],
] as const)('a good spec of %s is passed over by every common rule, with and without media facts', (engine, spec) => {
  const codes = new Set(COMMON_RULES.map(({ code }) => code));
  for (const known of [clips, {}]) {
    const report = checked(spec, { media: known });
    expect(report.engine).toBe(engine);
    expect(report.issues.filter(({ source, code }) => source === 'preflight' && codes.has(code))).toEqual([]);
  }
});

test('every rule has a code of its own, a sentence, what it costs and a source', () => {
  const codes = COMMON_RULES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, says, costs, source } of COMMON_RULES) {
    expect(code).toMatch(/^[a-z0-9_]+$/);
    expect(says).toMatch(/^[A-Za-z].*\.$/);
    expect(costs.text).toMatch(/\.$/);
    expect(source).not.toBe('');
  }
});
