/**
 * Reads the part of a Transfer2.5 spec that a preview uses. dialects/check.ts decides whether a spec is right for
 * NVIDIA; here unknown fields are kept unchanged. Field names, defaults and path rules follow NVIDIA's
 * cosmos_transfer2/config.py:311-592 (relative paths resolve against the spec's folder, :369-370).
 */
import { access } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { HintKey, PlainText } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { KINDS } from '../../foreign/kinds.js';
import { readPrompt, readText } from '../../text/read.js';

const Strength = z.enum(['very_low', 'low', 'medium', 'high', 'very_high']);
/** NVIDIA's scale for edge thresholds and blur, config.py:425. */
export type Strength = z.infer<typeof Strength>;

const ControlBlock = z.looseObject({
  control_path: z.string().nullish(),
  control_weight: z.number().min(0).max(1).default(1),
  preset_edge_threshold: Strength.default('medium'),
  preset_blur_strength: Strength.default('medium'),
});

const Spec = z.looseObject({
  name: z.string().regex(/^[^./\\][^/\\]*$/, 'must be a plain file name'),
  prompt: PlainText.nullish(),
  prompt_path: z.string().nullish(),
  seed: z.int().default(2025),
  video_path: z.string(),
  resolution: z.string().default('720'),
  max_frames: z.int().min(1).nullish(),
  num_video_frames_per_chunk: z.int().min(1).default(93),
  edge: ControlBlock.nullish(),
  depth: ControlBlock.nullish(),
  seg: ControlBlock.nullish(),
  vis: ControlBlock.nullish(),
});
type Spec = z.infer<typeof Spec>;

export interface ControlWish {
  readonly hint: HintKey;
  /** 0..1. */
  readonly weight: number;
  /** Absolute path; null = to be computed from the video. */
  readonly file: string | null;
  readonly edgeThreshold: Strength;
  readonly blurStrength: Strength;
}

/** One spec, understood: every path absolute and there. */
export interface Sample {
  readonly name: string;
  readonly prompt: string;
  readonly seed: number;
  readonly video: string;
  readonly maxFrames: number;
  readonly controls: readonly ControlWish[];
  /** All fields with their defaults, as NVIDIA writes them to `<out>/<name>.json`; can be run again from anywhere. */
  readonly resolved: Readonly<Record<string, unknown>>;
}

/** @throws CosmosError spec_invalid with one sentence that names the file and the field. */
export async function readSample(file: string): Promise<Sample> {
  const spec = await parse(file);
  const folder = path.resolve(path.dirname(file));
  const video = await existing(folder, spec.video_path, `video_path of ${file}`);
  const prompt = spec.prompt ?? (await promptFrom(folder, spec.prompt_path, file));
  const controls = await controlsOf(spec, folder, file);
  const resolved = { ...spec, prompt, prompt_path: null, video_path: video, ...resolvedControls(spec, controls) };
  const maxFrames = spec.max_frames ?? Number.POSITIVE_INFINITY;
  return { name: spec.name, prompt, seed: spec.seed, video, maxFrames, controls, resolved };
}

async function parse(file: string): Promise<Spec> {
  const text = await readText(file, 'spec_invalid', { kind: KINDS.spec, root: null }).catch((cause: unknown) => {
    if (cause instanceof CosmosError) throw cause;
    throw invalid(`The spec ${file} cannot be read: check that it exists.`, cause);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(`The spec ${file} is not JSON: ${cause instanceof Error ? cause.message : cause}.`, cause);
  }
  const parsed = Spec.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(`The spec ${file} has an error at "${issue?.path.join('.')}": ${issue?.message}.`, parsed.error);
}

async function controlsOf(spec: Spec, folder: string, file: string): Promise<ControlWish[]> {
  const controls: ControlWish[] = [];
  for (const hint of HintKey.options) {
    const block = spec[hint];
    if (block === null || block === undefined) continue;
    if (block.control_path == null && (hint === 'depth' || hint === 'seg')) {
      throw invalid(
        `${hint} in ${file} has no control_path: a preview has no model that could compute ${hint}, so render that pass.`,
      );
    }
    const given = block.control_path;
    controls.push({
      hint,
      weight: block.control_weight,
      file: given == null ? null : await existing(folder, given, `${hint}.control_path of ${file}`),
      edgeThreshold: block.preset_edge_threshold,
      blurStrength: block.preset_blur_strength,
    });
  }
  if (controls.length > 0) return controls;
  throw invalid(`The spec ${file} has no control: add at least one of edge, depth, seg and vis.`);
}

function resolvedControls(spec: Spec, controls: readonly ControlWish[]) {
  return Object.fromEntries(controls.map(({ hint, file }) => [hint, { ...spec[hint], control_path: file }]));
}

async function promptFrom(folder: string, promptPath: string | null | undefined, file: string): Promise<string> {
  if (promptPath == null) throw invalid(`The spec ${file} has neither prompt nor prompt_path.`);
  const found = await existing(folder, promptPath, `prompt_path of ${file}`);
  return readPrompt(found, 'spec_invalid', null);
}

async function existing(folder: string, relative: string, what: string): Promise<string> {
  const file = path.resolve(folder, relative);
  await access(file).catch((cause: unknown) => {
    throw invalid(`${what} names a file that does not exist: ${file}.`, cause);
  });
  return file;
}

function invalid(message: string, cause?: unknown): CosmosError {
  return new CosmosError('spec_invalid', message, {}, { cause });
}
