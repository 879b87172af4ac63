/** Which EXR parts we do not read, each with a remedy. Pure. */
import { PictureError } from '../picture-error.js';
import { isReadable, LINES, type ReadableCompression } from './compression.js';
import type { ExrPart } from './header.js';

/** Pixels of a window: 8192 x 8192, more than any video has. Damaged headers claim more, and must not cost memory. */
const MOST_PIXELS = 2 ** 26;
/** Bytes of one uncompressed chunk. */
const LARGEST_CHUNK = 2 ** 30;

/**
 * @returns the part's compression, which then can be decoded.
 * @throws PictureError with the remedy.
 */
export function requireReadable(part: ExrPart): ReadableCompression {
  const { compression, displayWindow, dataWindow, channels, tiles } = part;
  if (part.deep) throw new PictureError('holds deep samples, which are not read: flatten it, or render without deep');
  if (!isReadable(compression)) {
    const name = typeof compression === 'string' ? compression.toUpperCase() : `number ${compression}`;
    throw new PictureError(`uses the compression ${name}, which is not read: write it with ZIP or DWAA`);
  }
  for (const { width, height } of [displayWindow, dataWindow]) {
    if (width * height > MOST_PIXELS) throw new PictureError(`is ${width}x${height}: at most 8192x8192 is read`);
  }
  if (tiles !== null && channels.some(({ xSampling, ySampling }) => xSampling > 1 || ySampling > 1)) {
    throw new PictureError('is damaged: tiles cannot hold sub-sampled channels');
  }
  const [width, height] = tiles === null ? [dataWindow.width, LINES[compression]] : [tiles.width, tiles.height];
  const chunk = Math.min(width, dataWindow.width) * Math.min(height, dataWindow.height) * channels.length * 4;
  if (chunk > LARGEST_CHUNK) throw new PictureError(`has ${channels.length} channels in chunks of more than 1 GB`);
  return compression;
}
