/** Resolves all choices of a job by precedence: options > hand-edited spec > manifest > preset > defaults. Pure. */
import {
  type ClipManifest,
  type Dialect,
  EngineName,
  HintKey,
  type JobOptions,
  type JobSettings,
  type Preset,
  Weight,
} from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { blockOf, dialectOf, namesOf, objectAt, type SpecObject } from '../../../schemas/spec/dialect.js';
import { CosmosError } from '../../errors.js';
import { fillName, safeName } from './output-name.js';
import { choosePrompt } from './prompt.js';

/** A spec written by hand: beside its clip, or submitted by its path. */
export interface HandSpec {
  readonly file: string;
  readonly dialect: Dialect;
  readonly object: SpecObject;
  /** Its prompt, read from prompt_path if need be. */
  readonly prompt: string | null;
}

export interface Choices {
  /** Clip name, or the stem of the spec file. */
  readonly name: string;
  readonly options: JobOptions;
  readonly hand: HandSpec | null;
  readonly wanted: ClipManifest['wanted'];
  /** Text of prompt.txt. */
  readonly promptFile: string | null;
  readonly preset: { readonly name: string; readonly values: Preset } | null;
  readonly defaults: Preset;
  /** Appended to the output name, so that the jobs of a sweep differ. */
  readonly suffix: string;
}

/**
 * What --draft means: one chunk of 93 frames, the only chunk size of the released checkpoints, and a third of the usual
 * 35 steps.
 */
export const DRAFT = { max_frames: 93, num_steps: 12 } as const;
/** transfer2.5's own default (config.py:517), also for cosmos3, which would draw a new one every time. */
const DEFAULT_SEED = 2025;

/** @throws CosmosError spec_invalid when the engine reads another dialect than the hand-written spec, no_prompt. */
export function resolveSettings(choices: Choices): JobSettings {
  const { options, hand, wanted, preset, defaults } = choices;
  const engine = options.engine ?? preset?.values.engine ?? usualEngine(hand, defaults.engine ?? 'preview');
  if (hand !== null) requireDialect(hand, engine);
  const presets = [preset?.values ?? {}, defaults];
  const set = resolveSet(choices, presets);
  const seed = String(set.seed ?? hand?.object.seed ?? DEFAULT_SEED);
  const category = preset?.values.template ?? defaults.template;
  return {
    engine,
    host: options.host ?? preset?.values.host ?? defaults.host ?? null,
    preset: preset?.name ?? null,
    ...choosePrompt(
      {
        submit: options.prompt,
        spec: hand?.prompt,
        manifest: wanted?.prompt,
        'prompt.txt': choices.promptFile,
        preset: preset?.values.prompt ?? defaults.prompt,
      },
      category,
    ),
    weights: resolveWeights(choices, presets),
    name: safeName(nameOf(choices, engine, seed) + choices.suffix),
    set,
    ...(isFlatAllowed(options, presets) ? { allowFlat: true } : {}),
  };
}

/**
 * No engine was chosen for this job: a hand-written spec goes to the engine of its dialect if the default engine cannot
 * read it.
 */
function usualEngine(hand: HandSpec | null, engine: EngineName): EngineName {
  return hand === null || hand.dialect === dialectOf(engine) ? engine : hand.dialect;
}

function isFlatAllowed({ allowFlat }: JobOptions, presets: readonly Preset[]): boolean {
  const said = [allowFlat, ...presets.map(({ allow_flat }) => allow_flat)];
  return said.find((one) => one !== undefined) ?? false;
}

/** @throws CosmosError spec_invalid when the engine reads another dialect. */
export function requireDialect({ file, dialect }: HandSpec, engine: EngineName): void {
  if (dialect === dialectOf(engine)) return;
  const fitting = EngineName.options.filter((one) => dialectOf(one) === dialect).map(modelTitle);
  const message = `${file} is written for ${modelTitle(dialect)}, which ${modelTitle(engine)} does not read: choose ${fitting.join(' or ')}.`;
  throw new CosmosError('spec_invalid', message, { file, dialect, engine });
}

function nameOf({ name, preset, defaults, hand }: Choices, engine: EngineName, seed: string): string {
  const written = hand?.object.name;
  if (typeof written === 'string' && written !== '') return written;
  return fillName(preset?.values.name ?? defaults.name ?? '{clip}', { clip: name, seed, engine });
}

/** Fields written over the spec. A hand-written spec already holds its own, which beat those of presets. */
function resolveSet({ options, hand }: Choices, presets: readonly Preset[]): JobSettings['set'] {
  const weaker = hand === null ? [{ seed: DEFAULT_SEED }, ...presets.map(fieldsOf).reverse()] : [];
  const draft = options.draft === true ? DRAFT : {};
  const seed = options.seed === undefined ? {} : { seed: options.seed };
  return Object.assign({}, ...weaker, draft, options.set, seed);
}

/** The fields of a preset that are written into the spec. */
export function fieldsOf({ seed, num_steps, guidance, resolution, negative_prompt, set }: Preset): JobSettings['set'] {
  const named = { seed, num_steps, guidance, resolution, negative_prompt };
  const given = Object.entries(named).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]));
  return { ...Object.fromEntries(given), ...set };
}

function resolveWeights({ options, hand, wanted }: Choices, presets: readonly Preset[]): JobSettings['weights'] {
  const weaker = hand === null ? [...presets.map(({ weights }) => weights).reverse(), wantedWeights(wanted)] : [];
  return Object.assign({}, ...weaker, hand === null ? {} : writtenWeights(hand), options.weights);
}

/** The manifest names passes; colour has no weight. */
function wantedWeights(wanted: ClipManifest['wanted']): JobSettings['weights'] {
  const given = HintKey.options.map((hint) => [hint, wanted?.weights?.[hint]] as const);
  return Object.fromEntries(given.filter(([, weight]) => weight !== undefined));
}

/** Weights as the spec has them; wrong ones stay in the spec for the check to name. */
function writtenWeights({ object, dialect }: HandSpec): JobSettings['weights'] {
  const { weight } = namesOf(dialect);
  const given = HintKey.options.map((hint) => {
    return [hint, Weight.safeParse(objectAt(object, blockOf(hint, dialect))?.[weight]).data] as const;
  });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
