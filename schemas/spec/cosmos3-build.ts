/**
 * What becomes of a Cosmos 3 spec after the model is loaded: defaults, and the checks that come too late
 * (cosmos_framework/inference/args.py: build_sample, _build_vision_data, _build_transfer_data). For Cosmos3-Nano.
 */
import { COSMOS3_HINTS, type Cosmos3, MODEL_MODES } from './cosmos3.js';
import { suffixOf } from './paths.js';
import type { PyError, Surroundings } from './pydantic.js';
import { readPythonJson } from './python-json.js';
import type { PyObject } from './python-node.js';

type ModelMode = (typeof MODEL_MODES)[number];

/** Values that hold during the run. null = not set by this kind of job. */
export interface Cosmos3Resolved {
  readonly model_mode: ModelMode;
  readonly resolution: string;
  readonly aspect_ratio: string | null;
  readonly fps: number;
  readonly num_frames: number;
  readonly guidance: number;
  readonly control_guidance: number;
  readonly shift: number;
  readonly num_steps: number;
  readonly num_video_frames_per_chunk: number | null;
  readonly num_conditional_frames: number | null;
  readonly max_frames: number | null;
}

const IMAGES = ['.png', '.jpg', '.jpeg', '.webp'];
const VIDEOS = ['.mp4'];
const EITHER = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** Of defaults/video2video/sample_args.json; the tuned ones of a single hint are laid over them (args.py:736-790). */
const DEFAULTS = { aspect_ratio: '16,9', fps: 24, num_frames: 189, guidance: 6, shift: 10, num_steps: 35 };
const TUNED = { guidance: 3, control_guidance: 1.5, shift: 10 };
const SINGLE_HINT: Readonly<Record<(typeof COSMOS3_HINTS)[number], Partial<Cosmos3Resolved>>> = {
  edge: TUNED,
  blur: TUNED,
  depth: TUNED,
  seg: { ...TUNED, control_guidance: 2 },
  wsm: { guidance: 1, control_guidance: 3, shift: 10, num_frames: 101, fps: 10, num_video_frames_per_chunk: 101 },
};
const TRANSFER = { num_video_frames_per_chunk: 93, num_conditional_frames: 1, max_frames: 5000 };

/** Hints in the order in which the model takes them, which is not that of the file. */
export function hintsOf(spec: Cosmos3): (typeof COSMOS3_HINTS)[number][] {
  return COSMOS3_HINTS.filter((hint) => spec[hint] !== null);
}

/** control_guidance where it is left out: tuned for a single hint, 1 (off) for several. */
export function defaultControlGuidance(hints: readonly (typeof COSMOS3_HINTS)[number][]): number {
  const [only, ...others] = hints;
  return (only !== undefined && others.length === 0 ? SINGLE_HINT[only].control_guidance : undefined) ?? 1;
}

/** Complaints of build_sample; at most one, as it is an exception. Asked for specs that parse. */
export function buildErrors(node: PyObject, spec: Cosmos3, around: Surroundings): PyError[] {
  const stop: Stop = (key, wanted, fix, more = {}) => [
    { path: [], type: 'ValueError', node: node.last.get(key)?.value ?? node, wanted, fix, ...more },
  ];
  if (conditionOf(spec) === 'unknown') {
    const wanted = `vision_path must end in ${EITHER.format([...VIDEOS, ...IMAGES])}`;
    return stop('vision_path', wanted, 'Convert a video to .mp4, and an image to .png.');
  }
  if (promptBreaks(spec, around)) {
    const isJson = suffixOf(spec.prompt_path ?? '').toLowerCase() === '.json';
    const wanted = `prompt_path names a file that is no ${isJson ? 'JSON' : 'text'} in UTF-8`;
    return stop('prompt_path', wanted, 'Save it as UTF-8, or write the prompt into the spec as "prompt".');
  }
  const bare = hintsOf(spec).find((hint) => spec[hint]?.control_path == null);
  if (bare !== undefined && spec.vision_path === null) {
    const computed = bare === 'edge' || bare === 'blur';
    const why = computed ? 'there is no vision_path to compute it from' : 'it is never computed';
    const fix = `Give ${bare} a control_path${computed ? ', or add the colour video as "vision_path"' : ''}.`;
    return stop(bare, `${bare} has no control_path, and ${why}`, fix);
  }
  return modeErrors(spec, around, stop);
}

type Stop = (key: string, wanted: string, fix: string, more?: Pick<PyError, 'either'>) => PyError[];

function modeErrors(spec: Cosmos3, around: Surroundings, stop: Stop): PyError[] {
  const mode = modeOf(spec);
  if (mode === undefined) {
    const wanted = 'num_frames 1 makes one image, and Cosmos 3 makes no image from a video';
    return stop('num_frames', wanted, 'Remove num_frames to make a video.', { either: ['num_frames'] });
  }
  const needs = (input: string): PyError[] =>
    stop(
      'model_mode',
      `model_mode "${mode}" needs ${input === 'action_path' ? 'an' : 'a'} ${input}`,
      `Add "${input}", or remove model_mode.`,
    );
  if (mode === 'audio_image2video' && spec.sound_path === null) return needs('sound_path');
  if (mode === 'forward_dynamics' && spec.action_path === null) return needs('action_path');
  if (mode === 'reasoner' && promptText(spec, around).trim() === '') return needs('prompt');
  return [];
}

/** A prompt file is read as UTF-8 and, for a transfer with a .json file, as JSON (args.py:66-77, 349-358). */
function promptBreaks(spec: Cosmos3, around: Surroundings): boolean {
  if (spec.prompt !== null || spec.prompt_path === null) return false;
  const text = around.text(spec.prompt_path);
  if (text === null) return true;
  if (hintsOf(spec).length === 0 || suffixOf(spec.prompt_path).toLowerCase() !== '.json') return false;
  try {
    readPythonJson(text);
    return false;
  } catch {
    return true;
  }
}

/** The prompt that the run would have; "" when none is given. */
export function promptText(spec: Cosmos3, around: Surroundings): string {
  if (spec.prompt !== null) return spec.prompt;
  return spec.prompt_path === null ? '' : (around.text(spec.prompt_path) ?? '');
}

function conditionOf({ vision_path }: Cosmos3): 'text' | 'image' | 'video' | 'unknown' {
  if (vision_path === null) return 'text';
  const suffix = suffixOf(vision_path).toLowerCase();
  if (IMAGES.includes(suffix)) return 'image';
  return VIDEOS.includes(suffix) ? 'video' : 'unknown';
}

/** Told by the inputs unless it is written (args.py:911-918); undefined for "video2image", which there is not. */
function modeOf(spec: Cosmos3): ModelMode | undefined {
  if (spec.model_mode !== null) return spec.model_mode;
  const name = `${conditionOf(spec)}2${spec.num_frames === 1 ? 'image' : 'video'}`;
  return MODEL_MODES.find((mode) => mode === name);
}

/** What the fields of a sound spec become. */
export function resolveCosmos3(spec: Cosmos3): Cosmos3Resolved {
  const hints = hintsOf(spec);
  const [only] = hints;
  const own = only !== undefined && hints.length === 1 ? SINGLE_HINT[only] : {};
  const transfer =
    hints.length > 0 ? TRANSFER : { num_video_frames_per_chunk: null, num_conditional_frames: null, max_frames: null };
  const model_mode = modeOf(spec) ?? 'video2video'; // anything: such a spec is refused before it is resolved
  const base = { resolution: '720', control_guidance: defaultControlGuidance(hints), ...DEFAULTS, ...transfer, ...own };
  const given = Object.fromEntries(Object.keys(base).flatMap((key) => setValue(spec, key as keyof typeof base)));
  const resolved = { ...base, ...given, model_mode };
  const shape = model_mode === 'image2image' ? spec.aspect_ratio : resolved.aspect_ratio; // the input's own by default
  const num_frames = spec.num_frames === null && resolved.model_mode.endsWith('2image') ? 1 : resolved.num_frames;
  return { ...resolved, aspect_ratio: shape, num_frames: roundFrames(num_frames) };
}

function setValue<K extends keyof Cosmos3>(spec: Cosmos3, key: K): [K, Cosmos3[K]][] {
  return spec[key] === null ? [] : [[key, spec[key]]];
}

/** Counts go up to 4k+1: the video tokenizer packs four frames into one (args.py:549-552; transfer.py:443). */
export function roundFrames(frames: number): number {
  return Math.ceil((frames - 1) / 4) * 4 + 1;
}
