/** How the pixels of an image file are stored, as far as reading them by ffmpeg needs it. */
import type { Size } from '../../media/exact-size.js';
import type { DecodedFormat } from '../../media/frames.js';
import { brokenImage, type ImageHeader } from '../image.js';

/** 1 = upright; the others as EXIF and TIFF number them (TIFF 6.0, section 8, "Orientation"). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Coding {
  /** ffmpeg's name of the decoder. */
  readonly decoder: 'png' | 'mjpeg' | 'tiff' | 'targa' | 'webp' | 'dpx';
  /** Pixels as they are stored, before they are turned upright. */
  readonly stored: Size;
  /** The format to decode to: the decoder's own, or one that it converts to without loss. */
  readonly format: DecodedFormat;
  /** Straight: colours are not multiplied with alpha yet. None: every pixel is opaque, or the fourth value is not alpha. */
  readonly alpha: 'none' | 'straight' | 'associated';
  readonly orientation: Orientation;
}

export interface CodedImage extends ImageHeader {
  /** null when there is a problem. */
  readonly coding: Coding | null;
}

/** Size, problem and notes are for users and checks; the coding is for the decoding code. */
export function codedImage(
  coding: Coding,
  { problem = null, notes = [] }: Partial<Pick<ImageHeader, 'problem' | 'notes'>> = {},
): CodedImage {
  const { width, height } = uprightSize(coding);
  if (width < 1 || height < 1) return unreadImage(`says that it has ${width}x${height} pixels`);
  return { width, height, layers: [], problem, notes, coding: problem === null ? coding : null };
}

export function unreadImage(problem: string): CodedImage {
  return { ...brokenImage(problem), coding: null };
}

export function uprightSize({ stored: { width, height }, orientation }: Coding): Size {
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

/** Values other than 1 to 8 count as upright, as in viewers. */
export function toOrientation(value: number | undefined): Orientation {
  return value !== undefined && value >= 2 && value <= 8 ? (value as Orientation) : 1;
}
