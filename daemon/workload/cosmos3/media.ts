/**
 * Computes the size, length and rate of the video that Cosmos 3 makes (cosmos-framework inference/transfer.py:
 * generate_transfer_sample, vision.py).
 */
import type { Media, Prepared } from '../../../schemas/index.js';
import { chunkCount, cosmos3Chunking } from '../../../schemas/spec/chunks.js';
import { type Cosmos3, readCosmos3 } from '../../../schemas/spec/cosmos3.js';
import { type Cosmos3Resolved, hintsOf, resolveCosmos3 } from '../../../schemas/spec/cosmos3-build.js';
import { COSMOS3_SIZES, isAspect, nearestAspect } from '../../../schemas/spec/cosmos3-sizes.js';
import { CosmosError } from '../../errors.js';
import { ALL_THERE, PreparedSpecs } from '../nvidia/prepared-spec.js';

export interface Cosmos3Spec {
  readonly given: Cosmos3;
  /** With the defaults of the kind of job. */
  readonly resolved: Cosmos3Resolved;
}

export const cosmos3Specs = () =>
  new PreparedSpecs<Cosmos3Spec>((node) => {
    const reading = readCosmos3(node, ALL_THERE);
    if ('type' in reading || reading.errors.length > 0) return undefined;
    return { given: reading.spec, resolved: resolveCosmos3(reading.spec) };
  });

/** Those of the first control, whatever num_frames says (transfer.py:436-440); never rounded. */
export function cosmos3Frames({ resolved }: Cosmos3Spec, { media }: Prepared): number {
  return Math.min(media.frames, resolved.max_frames ?? media.frames);
}

export function cosmos3Chunks(spec: Cosmos3Spec, prepared: Prepared): number {
  const { num_video_frames_per_chunk: size, num_conditional_frames: joined } = spec.resolved;
  return chunkCount(cosmos3Frames(spec, prepared), cosmos3Chunking(size ?? undefined, joined ?? undefined));
}

/**
 * Size, length and rate of the output. The picture is cropped to one of five shapes; the rate is that of the colour
 * video, or of the spec where there is none (transfer.py:408-440).
 * @param tier resolution where the spec has none: another for Cosmos3-Edge than for the rest.
 * @throws CosmosError internal for a resolution that is not in the table (NVIDIA's reader refuses it).
 */
export function cosmos3Media(spec: Cosmos3Spec, prepared: Prepared, tier: string): Media {
  const { given, resolved } = spec;
  const hasColour = given.vision_path !== null;
  const wanted = hasColour ? resolved.aspect_ratio : null;
  const aspect = wanted !== null && isAspect(wanted) ? wanted : nearestAspect(prepared.media);
  const resolution = given.resolution ?? tier;
  const size = COSMOS3_SIZES[resolution]?.[aspect];
  if (size === undefined) {
    throw new CosmosError('internal', `Cosmos 3 has no resolution "${resolution}"; use "720" and retry the job.`);
  }
  return {
    frames: cosmos3Frames(spec, prepared),
    width: size[0] * panels(given),
    height: size[1],
    fps: hasColour ? writtenRate(prepared.media.fps) : { num: resolved.fps, den: 1 },
  };
}

/** Pictures side by side (transfer.py:579-584). */
function panels(given: Cosmos3): number {
  const controls = given.show_control_condition === true ? hintsOf(given).length : 0;
  return 1 + controls + (given.show_input === true && given.vision_path !== null ? 1 : 0);
}

/** imageio hands the rate to ffmpeg with two decimals. */
function writtenRate({ num, den }: Media['fps']): Media['fps'] {
  return num % den === 0 ? { num: num / den, den: 1 } : { num: Math.round((num / den) * 100), den: 100 };
}
