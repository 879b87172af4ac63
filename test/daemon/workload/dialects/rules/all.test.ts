import { expect, test } from 'vitest';
import { RULES } from '../../../../../daemon/workload/dialects/rules/all.js';

test('a code names one rule of an engine, and is written as a code', () => {
  const named = RULES.flatMap(({ code, engines }) => engines.map((engine) => `${engine} ${code}`));
  expect(named.filter((one, index) => named.indexOf(one) !== index)).toEqual([]);
  expect(RULES.filter(({ code }) => !/^[a-z][a-z0-9_]+$/.test(code))).toEqual([]);
});

test.each(RULES.map((rule) => [rule.code, rule] as const))(
  '%s says what, what it costs, and where that is known from',
  (_, rule) => {
    for (const sentence of [rule.says, rule.costs.text]) expect(sentence).toMatch(/^\S.{15,}[.!]$/s);
    expect(rule.source.length).toBeGreaterThan(5);
  },
);
