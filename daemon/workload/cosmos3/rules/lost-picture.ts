/** Computes what is cut off a picture when Cosmos 3 brings it to one of its sizes. */
import type { Media } from '../../../../schemas/index.js';
import { type Aspect, COSMOS3_SIZES, type Size } from '../../../../schemas/spec/cosmos3-sizes.js';

export { type Aspect, isAspect, nearestAspect } from '../../../../schemas/spec/cosmos3-sizes.js';

/** What is cut off a picture. */
export interface Crop {
  /** Share of the picture, 0 to 1. */
  readonly lost: number;
  /** Which side is shortened. */
  readonly side: 'width' | 'height';
  readonly size: Size;
}

/** The picture is scaled until it covers the size, and what sticks out is cut off (inference/vision.py:44-52). */
export function cropTo(resolution: string, aspect: Aspect, media: Pick<Media, 'width' | 'height'>): Crop | null {
  const size = COSMOS3_SIZES[resolution]?.[aspect];
  if (size === undefined) return null;
  const [width, height] = size;
  const across = width / media.width;
  const down = height / media.height;
  return { lost: 1 - Math.min(across, down) / Math.max(across, down), side: across < down ? 'width' : 'height', size };
}
