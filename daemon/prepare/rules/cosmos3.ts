/** What cosmos-framework accepts and then fails on, ignores or endangers. Sources: NVIDIA/cosmos-framework @ 5eee9ed. */
import { blocksIn, objectAt } from '../dialect.js';
import type { Finding, Rule } from './rule.js';

/** Weights are normalised to a sum of 1 (inference/transfer.py:186-189): one hint's own weight cannot matter. */
export const singleHintWeight: Rule = ({ spec }) => {
  const [only, ...others] = blocksIn(spec, 'cosmos3');
  if (only === undefined || others.length > 0) return [];
  const weight = objectAt(spec, only)?.weight;
  if (weight === undefined || weight === null || weight === 1) return [];
  return [
    {
      severity: 'warning',
      code: 'no_effect',
      path: [only, 'weight'],
      message: `weight ${String(weight)} of the only control has no effect: weights are normalised to 1`,
      fix: 'Use control_guidance (0 to 10) to make the control stronger or weaker.',
    },
  ];
};

/** Asserted at run time only, which ends the whole batch (inference/transfer.py:186-189). */
export const usableWeights: Rule = ({ spec }) => {
  const blocks = blocksIn(spec, 'cosmos3').map((key) => ({ key, weight: Number(objectAt(spec, key)?.weight ?? 1) }));
  const bad: Finding[] = blocks
    .filter(({ weight }) => !(weight >= 0))
    .map(({ key, weight }) => ({
      severity: 'error',
      code: 'weight',
      path: [key, 'weight'],
      message: `weight ${weight} of ${key} is below 0; the run would fail`,
    }));
  if (bad.length > 0 || blocks.length === 0 || blocks.some(({ weight }) => weight > 0)) return bad;
  return [{ severity: 'error', code: 'weight', path: [], message: 'all weights are 0; the run would fail' }];
};

/** A spec without hints is a job of another kind (plain video2video), which Cosmos Bridge does not run. */
export const someControl: Rule = ({ spec }) => {
  if (blocksIn(spec, 'cosmos3').length > 0) return [];
  const message = 'the spec: give at least one control: edge, blur, depth, seg or wsm';
  return [{ severity: 'error', code: 'no_control', path: [], message }];
};

/**
 * Only edge and blur are computed, from vision_path. Without it the sample is rejected when it is built
 * (args.py:897-900); depth, seg and wsm fail at run time even with it (transfer.py:116-119).
 */
export const missingControl: Rule = ({ spec }) =>
  blocksIn(spec, 'cosmos3')
    .filter((key) => typeof objectAt(spec, key)?.control_path !== 'string')
    .filter((key) => !['edge', 'blur'].includes(key) || typeof spec.vision_path !== 'string')
    .map((key) => ({
      severity: 'error',
      source: typeof spec.vision_path === 'string' ? 'preflight' : 'nvidia',
      code: 'control_missing',
      path: [key],
      message: `${key} needs a control_path: it cannot be computed here`,
      fix: 'Edge and blur are computed from vision_path; depth, seg and wsm need a video of their own.',
    }));

/** Without one, every process draws another seed (inference/transfer.py:480). */
export const seedGiven: Rule = ({ spec }) => {
  if (typeof spec.seed === 'number') return [];
  const message = 'no seed: the result cannot be made again';
  return [{ severity: 'error', code: 'seed', path: [], message, fix: 'Write "seed": 2025, or another whole number.' }];
};

/** pickle_file is run as code when read (common/args.py:970-972); negative_prompt_file is never read (args.py:885-886). */
export const forbiddenFields: Rule = ({ spec }) => {
  const found: Finding[] = [];
  if (spec.pickle_file != null) {
    const message = 'pickle_file can run any code on the host and is never sent';
    found.push({ severity: 'error', code: 'unsafe', path: ['pickle_file'], message, fix: 'Remove it.' });
  }
  if (spec.negative_prompt_file != null) {
    const message = 'negative_prompt_file is ignored';
    const fix = 'Write the text itself as negative_prompt.';
    found.push({ severity: 'error', code: 'no_effect', path: ['negative_prompt_file'], message, fix });
  }
  return found;
};

/** aspect_ratio acts only with vision_path, and then crops to 16,9 unless it is set (inference/transfer.py:408-417). */
export const aspectRatio: Rule = ({ spec }) => {
  const given = spec.aspect_ratio != null;
  const source = spec.vision_path != null;
  if (given === source) return [];
  const message = given
    ? 'aspect_ratio is ignored without vision_path'
    : 'without aspect_ratio the picture is cropped to 16,9';
  return [{ severity: 'warning', code: 'aspect_ratio', path: given ? ['aspect_ratio'] : [], message }];
};

/** The name becomes a folder as it is: "../x" leaves the output folder (facts of the framework, trap 8). */
export const safeName: Rule = ({ spec }) => {
  const { name } = spec;
  if (typeof name !== 'string' || /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name)) return [];
  const message = `the name "${name}" is not safe as a folder name`;
  return [{ severity: 'error', code: 'name', path: ['name'], message, fix: 'Use letters, digits, dot, - and _.' }];
};

export const cosmos3Rules: readonly Rule[] = [
  singleHintWeight,
  usableWeights,
  someControl,
  missingControl,
  seedGiven,
  forbiddenFields,
  aspectRatio,
  safeName,
];
