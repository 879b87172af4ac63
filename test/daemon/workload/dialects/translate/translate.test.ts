/** Nothing is lost in silence: seeded random specs, every value of which has to turn up somewhere. */
import { describe, expect, test } from 'vitest';
import { checkSpec } from '../../../../../daemon/workload/dialects/check.js';
import type { SpecFacts } from '../../../../../daemon/workload/dialects/rules/rule.js';
import type { FileTranslation } from '../../../../../daemon/workload/dialects/translate/translate-file.js';
import type { Dialect } from '../../../../../schemas/index.js';
import { Cosmos3Model } from '../../../../../schemas/spec/cosmos3.js';
import type { Fields } from '../../../../../schemas/spec/model.js';
import { Transfer25Model } from '../../../../../schemas/spec/transfer25.js';
import { seededRandom } from '../../../../support/random.js';
import { randomSpec } from './random-spec.js';
import { specOf, translated } from './translated.js';

const SPECS = 200;
const DIALECTS = [
  ['transfer2.5', 'cosmos3', Transfer25Model.fields],
  ['cosmos3', 'transfer2.5', Cosmos3Model.fields],
] as const satisfies readonly (readonly [Dialect, Dialect, Fields])[];

interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

function leavesOf(value: unknown, path: readonly string[] = []): Leaf[] {
  if (value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value))
    return [{ path: path.join('.'), value: JSON.stringify(value) }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** The same field by the name the other engine has for it. */
const OTHER_NAME: Readonly<Record<string, string>> = {
  video_path: 'vision_path',
  vis: 'blur',
  control_weight: 'weight',
};

function sameField(path: string): string {
  const pairs = Object.entries(OTHER_NAME).flatMap(
    ([a, b]) =>
      [
        [a, b],
        [b, a],
      ] as const,
  );
  return path
    .split('.')
    .map((step) => pairs.find(([from]) => from === step)?.[1] ?? step)
    .join('.');
}

const WORLD: Partial<SpecFacts> = { entry: () => 'file', text: () => 'a street' };

describe.each(DIALECTS)('%s to %s', (from, to, fields) => {
  const random = seededRandom(from === 'cosmos3' ? 3 : 25);
  const sources = Array.from({ length: SPECS }, () => randomSpec(fields, random)).filter((source) => {
    return checkSpec('/clips/street.json', JSON.stringify(source), { engine: from, facts: WORLD }).nvidia === 'accepts';
  });

  const pairs = sources.map((source) => ({ source, result: translated(source, to) }));

  test('the specs are many and use every field', () => {
    expect(sources.length).toBeGreaterThan(SPECS / 4);
    const used = new Set(sources.flatMap((source) => Object.keys(source)));
    expect(Object.keys(fields).filter((key) => !used.has(key))).toEqual([]);
  });

  test('every value is carried over or named', () => {
    for (const { source, result } of pairs) {
      const after = leavesOf(specOf(result));
      const lost = leavesOf(source).filter((leaf) => !isThere(leaf, after) && !isNamed(leaf, result));
      expect(lost, JSON.stringify(source)).toEqual([]);
    }
  });

  test('every value of the result was there or is named', () => {
    for (const { source, result } of pairs) {
      const before = leavesOf(source);
      const invented = leavesOf(specOf(result)).filter((leaf) => !isThere(leaf, before) && !isNamed(leaf, result));
      expect(invented, JSON.stringify(source)).toEqual([]);
    }
  });

  test("NVIDIA's reader accepts every result", () => {
    for (const { source, result } of pairs) {
      expect(result.report.nvidia, `${result.text} of ${JSON.stringify(source)}`).toBe('accepts');
    }
  });
});

function isThere({ path, value }: Leaf, leaves: readonly Leaf[]): boolean {
  return leaves.some((leaf) => leaf.value === value && [path, sameField(path)].includes(leaf.path));
}

/** By its path, that of something around it, its name in the other engine, or in the words of another loss. */
function isNamed({ path }: Leaf, { losses }: FileTranslation): boolean {
  return losses.some((loss) => {
    const at = loss.path.join('.');
    return isWithin(path, at) || isWithin(sameField(path), at) || loss.message.includes(`becomes ${path}`);
  });
}

function isWithin(path: string, around: string): boolean {
  return path === around || path.startsWith(`${around}.`);
}

test('there and back, what both engines know is as it was', () => {
  const source = {
    name: 'street',
    prompt: 'a street',
    negative_prompt: 'fog',
    video_path: 'render.mp4',
    seed: 7,
    guidance: 4,
    resolution: '720',
    num_steps: 20,
    max_frames: 90,
    edge: { control_path: 'edge.mp4', control_weight: 0.45, preset_edge_threshold: 'low' },
    vis: { control_weight: 0.25, preset_blur_strength: 'high' },
  };
  const there = translated(source, 'cosmos3');
  expect(specOf(translated(there.text, 'transfer2.5'))).toEqual(source);
  const { vis: _, ...single } = source;
  expect(specOf(translated(translated(single, 'cosmos3').text, 'transfer2.5'))).toEqual(single);
});
