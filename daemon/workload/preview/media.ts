/** Computes the size, rate and length of a preview: for Engine.expect before it runs, and while it runs. */
import type { Media } from '../../../schemas/index.js';

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Frame size and rate of the output for an input: sizes cut to even numbers, as H.264 yuv420p and NVIDIA
 * (cosmos-transfer2.5 utils.py:811) want them, and whole frames per second, as NVIDIA floors them (utils.py:226-229).
 */
export function outputMedia(input: Media): Media {
  return {
    frames: input.frames,
    width: input.width - (input.width % 2),
    height: input.height - (input.height % 2),
    fps: { num: Math.max(1, Math.floor(input.fps.num / input.fps.den)), den: 1 },
  };
}

/** One frame becomes a picture, as with NVIDIA (inference.py: `ext = "jpg"`), more a movie. */
export function extensionFor(frames: number): 'jpg' | 'mp4' {
  return frames === 1 ? 'jpg' : 'mp4';
}
