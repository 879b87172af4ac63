/** The names that differ between the two spec dialects; behaviour is in the reader of each. */
import type { PassName } from '../clip.js';
import type { Dialect, EngineName, HintKey } from '../preset.js';

/** A spec before validation: the JSON object as it stands in the file. */
export type SpecObject = Readonly<Record<string, unknown>>;

export interface DialectNames {
  /** Field of the colour video. */
  readonly video: 'video_path' | 'vision_path';
  readonly weight: 'control_weight' | 'weight';
  /** Every hint block the dialect knows. */
  readonly blocks: readonly string[];
  /** Top-level fields that name a media file. */
  readonly files: readonly string[];
  /** The same inside a hint block. */
  readonly blockFiles: readonly string[];
}

const NAMES: Readonly<Record<Dialect, DialectNames>> = {
  'transfer2.5': {
    video: 'video_path',
    weight: 'control_weight',
    blocks: ['edge', 'depth', 'seg', 'vis'],
    files: ['video_path', 'image_context_path', 'guided_generation_mask'],
    blockFiles: ['control_path', 'mask_path'],
  },
  cosmos3: {
    video: 'vision_path',
    weight: 'weight',
    blocks: ['edge', 'depth', 'seg', 'blur', 'wsm'],
    files: ['vision_path', 'defaults_file', 'tensors_file', 'pickle_file'],
    blockFiles: ['control_path'],
  },
};

/** The model that reads it and costs least. */
export function cheapestFor(dialect: Dialect): EngineName {
  return dialect === 'cosmos3' ? 'cosmos3' : 'preview';
}

/** The preview reads transfer2.5 specs; so does, as far as this version knows, an engine of a newer one. */
export function dialectOf(engine: string): Dialect {
  return engine === 'cosmos3' ? 'cosmos3' : 'transfer2.5';
}

/** Tells the names of dialects from all else. */
export function isDialect(value: unknown): value is Dialect {
  return typeof value === 'string' && Object.hasOwn(NAMES, value);
}

export function namesOf(dialect: Dialect): DialectNames {
  return NAMES[dialect];
}

/** Our hint key -> the block's name in the dialect. */
export function blockOf(hint: HintKey, dialect: Dialect): string {
  return dialect === 'cosmos3' && hint === 'vis' ? 'blur' : hint;
}

/** A block's name -> our hint key; undefined for blocks we cannot make (wsm). */
export function hintOf(block: string): HintKey | undefined {
  switch (block) {
    case 'edge':
    case 'depth':
    case 'seg':
    case 'vis':
      return block;
    case 'blur':
      return 'vis';
    default:
      return undefined;
  }
}

/** The pass that carries a hint; they share their names. */
export function passOf(hint: HintKey): PassName {
  return hint;
}

/** Keys that only this dialect has at the top of a spec. */
export const TELLTALE: Readonly<Record<Dialect, readonly string[]>> = {
  'transfer2.5': [
    ...['video_path', 'vis', 'image_context_path', 'keep_input_resolution', 'context_frame_index'],
    // Of v1.0 and v1.1: `--fix` has to know what it upgrades.
    ...['input_video_path', 'control_weight', 'not_keep_input_resolution', 'disable_guardrails'],
  ],
  cosmos3: ['vision_path', 'blur', 'wsm', 'aspect_ratio', 'fps', 'model_mode', 'control_guidance', 'num_frames'],
};
/** The same inside a control block. */
export const TELLTALE_IN_BLOCK: Readonly<Record<Dialect, readonly string[]>> = {
  'transfer2.5': ['control_weight', 'mask_path', 'mask_prompt', 'control_prompt'],
  cosmos3: ['weight'],
};

/** The dialect of which the spec uses more keys; transfer2.5 when it uses none of either. */
export function detectDialect(spec: SpecObject): Dialect {
  return score(spec, 'cosmos3') > score(spec, 'transfer2.5') ? 'cosmos3' : 'transfer2.5';
}

function score(spec: SpecObject, dialect: Dialect): number {
  const top = TELLTALE[dialect].filter((key) => key in spec).length;
  const blocks = namesOf(dialect).blocks.map((block) => objectAt(spec, block) ?? {});
  const video = namesOf(dialect).video in spec ? 1 : 0; // its own name for the colour video counts twice
  const mode = dialect === 'cosmos3' && 'model_mode' in spec ? 1 : 0; // and so does the kind of job, which only it has
  const inner = TELLTALE_IN_BLOCK[dialect].filter((key) => blocks.some((block) => key in block)).length;
  return top + video + mode + inner;
}

/** The JSON object at a key; undefined when there is none. */
export function objectAt(spec: SpecObject, key: string): SpecObject | undefined {
  const value = spec[key];
  return isObject(value) ? value : undefined;
}

export function isObject(value: unknown): value is SpecObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of the hint blocks that are in the spec and not null. */
export function blocksIn(spec: SpecObject, dialect: Dialect): string[] {
  return namesOf(dialect).blocks.filter((block) => objectAt(spec, block) !== undefined);
}

export interface FileField {
  readonly path: readonly string[];
  readonly value: string;
}

/** Every media file the spec names, in a stable order. */
export function filesIn(spec: SpecObject, dialect: Dialect): FileField[] {
  const names = namesOf(dialect);
  const top = names.files.map((key) => ({ path: [key], value: spec[key] }));
  const inner = blocksIn(spec, dialect).flatMap((block) =>
    names.blockFiles.map((key) => ({ path: [block, key], value: objectAt(spec, block)?.[key] })),
  );
  return [...top, ...inner].flatMap(({ path, value }) => (typeof value === 'string' ? [{ path, value }] : []));
}
