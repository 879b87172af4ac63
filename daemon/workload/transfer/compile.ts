/**
 * Compiles the spec that NVIDIA reads, with prompt and weights, from settings and a hand-written spec if there is one.
 * Pure and deterministic.
 */
import path from 'node:path';
import { type Dialect, HintKey, type JobSettings, type PassName } from '../../../schemas/index.js';
import {
  blockOf,
  blocksIn,
  filesIn,
  hintOf,
  namesOf,
  objectAt,
  passOf,
  type SpecObject,
} from '../../../schemas/spec/dialect.js';
import { chosenHints, defaultWeight } from './chosen-hints.js';

export interface SpecRequest {
  readonly settings: JobSettings;
  readonly dialect: Dialect;
  /** Passes of the clip; empty for a spec submitted by its path. */
  readonly passes: readonly PassName[];
  /** Pixels; null = not known. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** A spec written by hand: the job follows it and changes only what was asked for. */
  readonly base: SpecObject | null;
}

/** A file the spec names, and where its bytes come from. */
export interface SpecInput {
  /** As the spec names it, relative to itself: "inputs/depth.mp4". */
  readonly path: string;
  readonly from: { readonly kind: 'pass'; readonly pass: PassName } | { readonly kind: 'file'; readonly file: string };
}

export interface CompiledSpec {
  readonly text: string;
  readonly object: SpecObject;
  /** Hint keys as the dialect calls them, sorted. */
  readonly hints: readonly string[];
  readonly inputs: readonly SpecInput[];
}

export function compileSpec(request: SpecRequest): CompiledSpec {
  const { dialect, settings, base } = request;
  const inputs: SpecInput[] = [];
  const start = base === null ? fromPasses(request, inputs) : fromHand(request, base, inputs);
  const object = Object.entries(settings.set).sort(byKey).reduce(setField, start);
  const text = `${JSON.stringify(object, null, 2)}\n`;
  return { text, object, hints: blocksIn(object, dialect).sort(), inputs };
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The media file of a pass, relative to the spec. */
export function inputPath(pass: PassName): string {
  return `inputs/${pass}.mp4`;
}

function fromPasses(request: SpecRequest, inputs: SpecInput[]): SpecObject {
  const { settings, dialect, passes, size } = request;
  const spec: Record<string, unknown> = { name: settings.name, prompt: settings.prompt };
  if (dialect === 'cosmos3') spec.model_mode = 'video2video';
  if (passes.includes('color')) {
    spec[namesOf(dialect).video] = use('color', inputs);
    // Left out, the picture would be cropped to 16,9 whatever its shape (inference/transfer.py:408-417).
    if (dialect === 'cosmos3' && size !== null) spec.aspect_ratio = aspectRatioOf(size);
  }
  const hints = chosenHints(settings.weights, passes);
  // With several hints Cosmos 3 takes guidance 6.0 and control_guidance 1.0 by default: weaker control than one hint gets
  // (cookbook multi_control.json).
  if (dialect === 'cosmos3' && hints.length > 1) Object.assign(spec, { guidance: 3, control_guidance: 1.5, shift: 10 });
  for (const hint of hints) spec[blockOf(hint, dialect)] = block(hint, hints.length, request, inputs);
  return spec;
}

/** The shapes of a picture that Cosmos 3 knows (cosmos_framework data/generator/utils.py:42-84). */
const RATIOS = ['1,1', '4,3', '3,4', '16,9', '9,16'] as const;

/** The shape nearest to a size in pixels; compared by logarithm, so that portrait and landscape are judged alike. */
function aspectRatioOf({ width, height }: { width: number; height: number }): (typeof RATIOS)[number] {
  const wanted = Math.log(width / height);
  const distance = (ratio: string): number => {
    const [across = 1, down = 1] = ratio.split(',').map(Number);
    return Math.abs(Math.log(across / down) - wanted);
  };
  return RATIOS.reduce((best, ratio) => (distance(ratio) < distance(best) ? ratio : best));
}

function block(hint: HintKey, count: number, request: SpecRequest, inputs: SpecInput[]): SpecObject {
  const { settings, dialect, passes } = request;
  const pass = passOf(hint);
  const chosen = settings.weights[hint];
  const weight = typeof chosen === 'number' ? chosen : defaultWeight(count);
  const control = passes.includes(pass) ? { control_path: use(pass, inputs) } : {};
  return { ...control, [namesOf(dialect).weight]: weight };
}

function use(pass: PassName, inputs: SpecInput[]): string {
  inputs.push({ path: inputPath(pass), from: { kind: 'pass', pass } });
  return inputPath(pass);
}

/** The hand-written spec with our name, prompt and weights, and its files gathered under inputs/. */
function fromHand({ settings, dialect, passes }: SpecRequest, base: SpecObject, inputs: SpecInput[]): SpecObject {
  const { prompt_path: _, ...rest } = base; // its text is the prompt by now
  let spec: SpecObject = withWeights({ ...rest, name: settings.name, prompt: settings.prompt }, settings, dialect);
  for (const { path: at, value } of filesIn(spec, dialect)) {
    const pass = passes.find((one) => inputPath(one) === value);
    const to = pass === undefined ? `inputs/${stemOf(at)}${path.extname(value).toLowerCase()}` : inputPath(pass);
    inputs.push({ path: to, from: pass === undefined ? { kind: 'file', file: value } : { kind: 'pass', pass } });
    spec = setField(spec, [at.join('.'), to]);
  }
  return spec;
}

/** video_path -> "color"; edge.control_path -> "edge"; edge.mask_path -> "edge_mask". */
function stemOf(at: readonly string[]): string {
  const [first = '', second] = at;
  const stem = first.replace(/_path$/, '');
  if (second === undefined) return stem === 'video' || stem === 'vision' ? 'color' : stem;
  return second === 'control_path' ? (hintOf(first) ?? first) : `${first}_${second.replace(/_path$/, '')}`;
}

function withWeights(spec: SpecObject, { weights }: JobSettings, dialect: Dialect): SpecObject {
  const entries = HintKey.options.map((hint) => ({ key: blockOf(hint, dialect), weight: weights[hint] }));
  const off = entries.filter(({ weight }) => weight === 'off').map(({ key }) => key);
  const done = Object.fromEntries(Object.entries(spec).filter(([key]) => !off.includes(key)));
  for (const { key, weight } of entries) {
    if (typeof weight === 'number') done[key] = { ...objectAt(done, key), [namesOf(dialect).weight]: weight };
  }
  return done;
}

/** Writes one field by its NVIDIA name: at the top, or inside a block as "edge.preset_edge_threshold". */
function setField(spec: SpecObject, [key, value]: readonly [string, unknown]): SpecObject {
  const dot = key.indexOf('.');
  if (dot <= 0) return { ...spec, [key]: value };
  const block = key.slice(0, dot);
  return { ...spec, [block]: setField(objectAt(spec, block) ?? {}, [key.slice(dot + 1), value]) };
}
