import { expect, test } from 'vitest';
import { COSMOS3_RULES } from '../../../../../daemon/workload/cosmos3/rules/all.js';
import { checked, media } from '../../../../support/spec-check.js';
import { BARE, GOOD, MEDIA } from './transfer.js';

test.each([
  ['with a colour video', GOOD],
  ['without', BARE],
  ['of two controls', { ...GOOD, edge: {}, guidance: 3, control_guidance: 1.5 }],
])('a good spec %s passes without a word', (_, spec) => {
  expect(checked(spec, { engine: 'cosmos3', media: MEDIA, run: { gpus: 4, model: 'Cosmos3-Super' } })).toMatchObject({
    nvidia: 'accepts',
    ok: true,
    issues: [],
  });
});

test('a good spec has no warning while nobody has looked into its files', () => {
  expect(checked(GOOD, { engine: 'cosmos3' }).issues).toEqual([]);
});

test('a long clip is told what it costs, and not warned', () => {
  const long = { 'color.mp4': media(240, 1280, 720), 'depth.mp4': media(240, 1280, 720) };
  const { ok, issues } = checked(GOOD, { engine: 'cosmos3', media: long });
  expect(ok).toBe(true);
  expect(issues.map(({ severity, code }) => [severity, code])).toEqual([['info', 'chunk_count']]);
});

test('every rule has a code of its own and says where it comes from', () => {
  const codes = COSMOS3_RULES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const rule of COSMOS3_RULES) {
    expect(rule.code).toMatch(/^[a-z][a-z0-9_]+$/);
    expect(rule.engines).toEqual(['cosmos3']);
    expect(rule.says).toMatch(/\.$/);
    expect(rule.costs.text).toMatch(/\.$/);
    expect(rule.source).toMatch(/cosmos/);
  }
});

test('a spec without controls is asked for one, and for nothing else', () => {
  const { seed: _, depth: __, ...rest } = GOOD;
  expect(checked(rest, { engine: 'cosmos3' }).issues.map(({ code }) => code)).toEqual(['no_control']);
});
