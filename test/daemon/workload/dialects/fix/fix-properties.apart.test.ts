/** What holds for every spec, tried on seeded random ones: old, new, of both engines, and with mistakes. */
import { describe, expect, test } from 'vitest';
import { checkSpec } from '../../../../../daemon/workload/dialects/check.js';
import type { Fixed } from '../../../../../daemon/workload/dialects/fix/fix.js';
import type { SpecFacts } from '../../../../../daemon/workload/dialects/rules/rule.js';
import { PyJsonError, readPythonJson } from '../../../../../schemas/spec/python-json.js';
import type { PyNode } from '../../../../../schemas/spec/python-node.js';
import { seededRandom } from '../../../../support/random.js';
import { fixed } from '../../../../support/spec-fix.js';

const KEYS = [
  ...['name', 'prompt', 'video_path', 'vision_path', 'input_video_path', 'resolution', 'sigma_max', 'guidance', 'seed'],
  ...['guidance_scale', 'num_inference_steps', 'flow_shift', 'output_dir', 'disable_guardrails', 'control_weight'],
  ...['not_keep_input_resolution', 'keep_input_resolution', 'aspect_ratio', 'fps', 'num_frames', 'num_steps'],
  ...['negative_prompt', 'num_conditional_frames', 'guidence', 'Prompt', 'nonsense', 'max_frames', 'weight'],
];
const BLOCKS = ['edge', 'depth', 'seg', 'vis', 'blur', 'wsm'];
const IN_BLOCK = [
  'control_path',
  'control_weight',
  'weight',
  'control_wieght',
  'mask_path',
  'preset_edge_threshold',
  'x',
];
const VALUES = [
  ...['"lot"', '"a.mp4"', '"720"', '"720p"', '720', '80', '7.5', '3', '0.5', '1.0', 'true', 'false', 'null', '"16:9"'],
  ...['""', '[]', '{}', '"Very Low"', '"2"', '1e400', '123456789012345678901234567890', '"\\u00e9 // #"', '-1', 'NaN'],
];
const ENGINES = [undefined, 'transfer2.5', 'cosmos3'] as const;

/** Text of a spec; `wild` ones are written as people write JSON. */
function randomSpec(random: () => number, wild: boolean): string {
  const pick = <T>(from: readonly [T, ...T[]] | readonly T[]): T => {
    const one = from[Math.floor(random() * from.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  };
  const members = (keys: readonly string[], most: number) =>
    Array.from({ length: Math.floor(random() * most) }, () => `"${pick(keys)}": ${pick(VALUES)}`);
  const sound = random() < 0.5 ? ['"name": "lot"', '"prompt": "A street"', '"video_path": "c.mp4"', '"edge": {}'] : [];
  const blocks = Array.from({ length: Math.floor(random() * 3) }, () => {
    return `"${pick(BLOCKS)}": {${members(IN_BLOCK, 4).join(', ')}}`;
  });
  const all = [...sound, ...members(KEYS, 8), ...blocks].sort(() => random() - 0.5);
  const comment = wild ? ' // was "5", {other}\n' : '\n';
  const object = `{${all.map((one) => `\n  ${one}`).join(',')}${wild && all.length > 0 ? ',' : ''}${comment}}`;
  return random() < 0.1 ? `[${object}]` : object;
}

function specs(count: number) {
  const random = seededRandom(20251020);
  return Array.from({ length: count }, (_, index) => {
    return { text: randomSpec(random, index % 3 === 0), engine: ENGINES[index % ENGINES.length] };
  });
}

/** Every scalar of a text, as it is written; keys that a later one hides are told by no reader. */
function scalars(text: string): string[] {
  const walk = (node: PyNode): string[] => {
    if (node.kind === 'object') return [...node.last.values()].flatMap(({ value }) => walk(value));
    if (node.kind === 'array') return node.items.flatMap(walk);
    return [text.slice(node.start, node.end)];
  };
  return walk(readPythonJson(text));
}

/** Values of the old text that are neither in the new one nor in a change. */
function lost(before: string, { text, changes }: Fixed): string[] {
  const left = scalars(text);
  const told = changes.flatMap(({ before: was }) => (was === undefined ? [] : [was]));
  return scalars(before).filter((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && !told.some((one) => one.includes(value));
  });
}

function isJson(text: string): boolean {
  try {
    readPythonJson(text);
    return true;
  } catch (error) {
    if (error instanceof PyJsonError) return false;
    throw error;
  }
}

const FACTS: Partial<SpecFacts> = { entry: () => 'file', text: () => 'a street' };

describe('600 random specs', () => {
  const cases = specs(600).map((one) => ({ ...one, result: fixed(one.text, { engine: one.engine }) }));

  test('are of every kind: some change, some are right, some stay wrong', () => {
    expect(cases.filter(({ result }) => result.changes.length > 0).length).toBeGreaterThan(200);
    expect(cases.filter(({ result }) => result.report.nvidia === 'accepts').length).toBeGreaterThan(20);
    expect(cases.filter(({ result }) => result.report.nvidia === 'rejects').length).toBeGreaterThan(100);
  });

  test('what was accepted stays accepted, and there are never more errors', () => {
    for (const { text, result } of cases) {
      const { engine } = result.report;
      const before = checkSpec('/clips/shot010.json', text, { engine, facts: FACTS });
      const errors = ({ issues }: typeof before) => issues.filter(({ severity }) => severity === 'error').length;
      if (before.nvidia === 'accepts') expect(result.report.nvidia, text).toBe('accepts');
      if (isJson(text) && text.startsWith('{')) expect(errors(result.report), text).toBeLessThanOrEqual(errors(before));
      expect(isJson(result.text), result.text).toBe(true);
    }
  });

  test('no value is lost without a change that tells it', () => {
    for (const { text, result } of cases.filter((one) => isJson(one.text))) {
      expect({ text, lost: lost(text, result) }).toEqual({ text, lost: [] });
    }
  });

  test('every comment that went is told', () => {
    for (const { text, result } of cases.filter((one) => one.text.includes('// was'))) {
      expect(
        result.changes.map(({ before }) => before),
        text,
      ).toContain('// was "5", {other}');
    }
  });

  test('fixing twice is fixing once', () => {
    for (const { result, engine } of cases) {
      const again = fixed(result.text, { engine });
      expect({ text: again.text, changes: again.changes }).toEqual({ text: result.text, changes: [] });
    }
  });
});
