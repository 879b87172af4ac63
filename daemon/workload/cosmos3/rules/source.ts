/** The files that give a transfer its length, shape and rate (cosmos-framework inference/transfer.py:408-444). */
import type { Media } from '../../../../schemas/index.js';
import { hintsOf, roundFrames } from '../../../../schemas/spec/cosmos3-build.js';
import { suffixOf } from '../../../../schemas/spec/paths.js';
import type { SpecPath } from '../../../../schemas/spec/pydantic.js';
import type { Cosmos3Sample } from '../../dialects/rules/rule.js';

/** A video or image that the spec names, and what is known of it. */
export interface Source {
  /** Where the spec names it. */
  readonly path: SpecPath;
  readonly named: string;
  /** For sentences: "depth", "the colour video". */
  readonly called: string;
  readonly image: boolean;
  readonly media: Media | undefined;
}

const IMAGES = ['.png', '.jpg', '.jpeg', '.webp'];

/** The colour video or image; null when there is none, or NVIDIA's reader refuses it. */
export function colourOf({ spec, facts }: Cosmos3Sample): Source | null {
  if (spec.vision_path === null) return null;
  const named = spec.vision_path;
  const image = isImage(named);
  const called = image ? 'the colour image' : 'the colour video';
  return { path: ['vision_path'], named, called, image, media: facts.media(named) };
}

/** The first control in the model's order sets the length. Edge and blur without a file come from the colour video. */
export function firstControl(sample: Cosmos3Sample): Source | null {
  const [hint] = hintsOf(sample.spec);
  if (hint === undefined) return null;
  const named = sample.spec[hint]?.control_path ?? null;
  if (named === null) return hint === 'edge' || hint === 'blur' ? colourOf(sample) : null;
  return {
    path: [hint, 'control_path'],
    named,
    called: hint,
    image: isImage(named),
    media: sample.facts.media(named),
  };
}

/** Frames of the result; undefined where the first control was not probed. */
export function framesOf(sample: Cosmos3Sample): number | undefined {
  if (sample.resolved.max_frames === 1) return 1; // whatever the control has
  const source = firstControl(sample);
  const frames = source?.image ? 1 : source?.media?.frames;
  return frames === undefined ? undefined : Math.min(frames, sample.resolved.max_frames ?? frames);
}

/** The pieces that a video is made in. */
export interface Chunks {
  /** Frames made at once. */
  readonly size: number;
  /** New frames of each further chunk; 0 or less: there can be no second one. */
  readonly stride: number;
  readonly count: number;
}

/** How so many frames are cut up (transfer.py:43-54). null = no transfer. */
export function chunksFor({ resolved }: Cosmos3Sample, frames: number): Chunks | null {
  if (resolved.num_video_frames_per_chunk === null) return null;
  const size = frames === 1 ? 1 : roundFrames(resolved.num_video_frames_per_chunk);
  const stride = size - (resolved.num_conditional_frames ?? 0);
  const count = frames <= size ? 1 : 1 + Math.ceil((frames - size) / Math.max(stride, 1));
  return { size, stride, count };
}

/** Frames per second as a number. */
export function rateOf({ fps }: Media): number {
  return fps.num / fps.den;
}

function isImage(named: string): boolean {
  return IMAGES.includes(suffixOf(named).toLowerCase());
}
