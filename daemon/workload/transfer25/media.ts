/**
 * Computes the size, length and rate of the video that transfer2.5 makes
 * (cosmos_transfer2/_src/transfer2/inference/utils.py).
 */
import type { Media, Prepared } from '../../../schemas/index.js';
import { MOST_FRAMES } from '../../../schemas/spec/chunks.js';
import { readTransfer25, TRANSFER25_HINTS, type Transfer25 } from '../../../schemas/spec/transfer25.js';
import { transfer25Size } from '../../../schemas/spec/transfer25-sizes.js';
import { CosmosError } from '../../errors.js';
import { ALL_THERE, PreparedSpecs } from '../nvidia/prepared-spec.js';

export const transfer25Specs = () =>
  new PreparedSpecs<Transfer25>((node) => {
    const reading = readTransfer25(node, ALL_THERE);
    return 'type' in reading || reading.errors.length > 0 ? undefined : reading.spec;
  });

/** Frames that are made: a chunk of 1 makes one picture, however long the video is (inference_pipeline.py:271-274). */
export function transfer25Frames(spec: Transfer25, { media }: Prepared): number {
  return spec.num_video_frames_per_chunk === 1 ? 1 : Math.min(media.frames, spec.max_frames ?? MOST_FRAMES);
}

/**
 * Size, length and rate of the output. The rate is cut to whole frames a second (utils.py:226-229); an image has 1.
 * @throws CosmosError internal for a resolution that is not in the table (the check of the spec refuses it).
 */
export function transfer25Media(spec: Transfer25, prepared: Prepared): Media {
  const { fps } = prepared.media;
  const [width, height] = spec.keep_input_resolution ? evenSize(prepared.media) : modelSize(spec, prepared.media);
  return {
    frames: transfer25Frames(spec, prepared),
    width: width * panels(spec),
    height,
    fps: { num: Math.max(1, Math.floor(fps.num / fps.den)), den: 1 },
  };
}

/** Pictures side by side (inference_pipeline.py: torch.cat along the width). */
function panels(spec: Transfer25): number {
  const hints = TRANSFER25_HINTS.filter((hint) => spec[hint] !== null).length;
  return 1 + (spec.show_control_condition ? hints : 0) + (spec.show_input ? 1 : 0);
}

/** Odd sizes lose a pixel (utils.py:811). */
function evenSize({ width, height }: Media): readonly [number, number] {
  return [width - (width % 2), height - (height % 2)];
}

function modelSize({ resolution }: Transfer25, media: Media): readonly [number, number] {
  const size = transfer25Size(resolution, media);
  if (size !== undefined) return size;
  throw new CosmosError('internal', `Transfer 2.5 has no resolution "${resolution}"; use "720" and retry the job.`);
}
