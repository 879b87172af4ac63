import { expect, test } from 'vitest';
import { COSMOS3_RULES } from '../../../../../daemon/workload/cosmos3/rules/all.js';
import { TRANSFER25_RULES } from '../../../../../daemon/workload/transfer25/rules/all.js';
import { checked, media } from '../../../../support/spec-check.js';
import { GOOD } from './good-spec.js';

test('a good spec of the product is silent, with its media known and on a host with eight GPUs', () => {
  const clips = { 'color.mp4': media(93), 'edge.mp4': media(93) };
  const report = checked(GOOD, { engine: 'transfer2.5', media: clips, run: { gpus: 8, model: 'edge' } });
  expect(report).toMatchObject({ nvidia: 'accepts', ok: true, issues: [] });
});

test('every rule of a table is for transfer2.5 alone, with a code of its own', () => {
  const codes = TRANSFER25_RULES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(TRANSFER25_RULES.every(({ engines }) => engines.join() === 'transfer2.5')).toBe(true);
});

test('a cosmos3 spec meets none of them', () => {
  const spec = { name: 'lot', prompt: '', seed: 1, vision_path: 'color.mp4', seg: {}, resolution: '480', num_steps: 1 };
  const others = new Set(COSMOS3_RULES.map(({ code }) => code));
  const codes = TRANSFER25_RULES.map(({ code }) => code).filter((code) => !others.has(code));
  const { issues } = checked(spec, { engine: 'cosmos3', run: { model: 'edge/distilled', gpus: 7 } });
  expect(issues.filter(({ code }) => codes.includes(code))).toEqual([]);
});
