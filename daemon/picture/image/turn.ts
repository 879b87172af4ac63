/** Turns pixels upright, and cuts off what is asked for at the right and at the bottom. */
import type { Size } from '../../media/exact-size.js';
import type { Coding, Orientation } from './coding.js';

/** Where the upright picture begins in the stored one, and the steps to the pixel on its right and below. */
interface Walk {
  readonly from: number;
  readonly right: number;
  readonly down: number;
}

/**
 * @param pixels as stored, `bytes` each
 * @param wanted pixels of the upright picture that are kept, from its top left
 */
export function upright(pixels: Buffer, { stored, orientation }: Coding, bytes: 2 | 3, wanted: Size): Buffer {
  const { width, height } = stored;
  if (orientation === 1 && wanted.width === width && wanted.height === height) return pixels;
  const walk = walkOf(orientation, stored);
  const out = Buffer.allocUnsafe(wanted.width * wanted.height * bytes);
  let to = 0;
  for (let y = 0; y < wanted.height; y++) {
    let at = (walk.from + y * walk.down) * bytes;
    for (let x = 0; x < wanted.width; x++, at += walk.right * bytes) {
      for (let i = 0; i < bytes; i++) out[to++] = pixels[at + i] ?? 0;
    }
  }
  return out;
}

function walkOf(orientation: Orientation, { width, height }: Size): Walk {
  const right = width - 1;
  const bottom = (height - 1) * width;
  switch (orientation) {
    case 1:
      return { from: 0, right: 1, down: width };
    case 2:
      return { from: right, right: -1, down: width };
    case 3:
      return { from: bottom + right, right: -1, down: -width };
    case 4:
      return { from: bottom, right: 1, down: -width };
    case 5:
      return { from: 0, right: width, down: 1 };
    case 6:
      return { from: bottom, right: -width, down: 1 };
    case 7:
      return { from: bottom + right, right: -width, down: -1 };
    case 8:
      return { from: right, right: width, down: -1 };
  }
}
