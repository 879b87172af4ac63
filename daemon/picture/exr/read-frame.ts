/** One EXR file -> the raw frame of a pass: the chosen channels as planes, at an even size. */
import { PictureError } from '../picture-error.js';
import type { Wish } from './choose.js';
import { decodeChannels } from './decode.js';
import { exrPass } from './facts.js';
import type { Chromaticities } from './header.js';
import { type ExrSource, headerOf, withSource } from './source.js';

/** The shape that every frame of a pass must have. */
export interface FrameWish extends Wish {
  /** Pixels of the frame; the display window may have one column or row more, which is cut off. */
  readonly width: number;
  readonly height: number;
  readonly kind: 'rgb' | 'gray';
  readonly whole: boolean;
  /** The primaries of the first frame. */
  readonly primaries: Chromaticities | null;
}

/**
 * @returns planes of 32-bit samples: green, blue, red (as ffmpeg's gbrp formats have them), or the only one.
 * @throws PictureError; the system's error when the file cannot be opened.
 */
export function readFrame(file: string, wish: FrameWish, root: string | null = null): Uint32Array {
  return withSource(file, (source) => draw(source, wish), root);
}

function draw(source: ExrSource, wish: FrameWish): Uint32Array {
  const header = headerOf(source);
  const { choice, primaries } = exrPass(header, wish);
  if (choice.kind !== wish.kind || choice.whole !== wish.whole) {
    throw new PictureError('stores this pass in other channels than the first frame: render them alike');
  }
  if (JSON.stringify(primaries) !== JSON.stringify(wish.primaries)) {
    throw new PictureError('names other primaries of its colours than the first frame: render them alike');
  }
  const { width, height, planes } = decodeChannels(source, header, choice);
  if (width - (width % 2) !== wish.width || height - (height % 2) !== wish.height) {
    throw new PictureError(`is ${width}x${height}, the first frame ${wish.width}x${wish.height}`);
  }
  const words = planes.map(({ data }) => new Uint32Array(data.buffer));
  const [first, second, third] = words;
  const ordered = first && second && third ? [second, third, first] : words;
  return joined(ordered, width, wish);
}

function joined(planes: readonly Uint32Array[], stride: number, { width, height }: FrameWish): Uint32Array {
  const out = new Uint32Array(planes.length * width * height);
  let to = 0;
  for (const plane of planes) {
    if (stride === width) {
      out.set(plane.subarray(0, width * height), to);
      to += width * height;
      continue;
    }
    for (let row = 0; row < height; row++, to += width) {
      out.set(plane.subarray(row * stride, row * stride + width), to);
    }
  }
  return out;
}
