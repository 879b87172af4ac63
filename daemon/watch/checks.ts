/** The questions that settling has about single files, and their answers. probe.ts finds the answers. */
import type { PassName } from '../../schemas/index.js';
import type { ImageHeader } from '../picture/image.js';
import type { ImageCheck } from '../picture/picture-reader.js';
import type { ListedFile } from './listing.js';

/** An image, or a movie with its count of frames and frames per second. */
export interface FileProbe extends ImageHeader {
  readonly frames: number | null;
  readonly fps: number | null;
}

/** A question whose answer the next look at the clip needs. */
export interface Want {
  readonly file: ListedFile;
  readonly check: 'header' | 'decode';
  /** The pass that it is decoded for; a header belongs to all of them. */
  readonly pass: PassName;
  /** EXR layer to decode; null = no layer is named. */
  readonly layer: string | null;
}

/** Answers so far; undefined = not asked yet for a file of this size and time. */
export interface Probes {
  header(file: ListedFile): FileProbe | undefined;
  decoded(file: ListedFile, pass: PassName): ImageCheck | undefined;
  /** Whether another program held the file, so that nothing is known about it yet. */
  isHeld(file: ListedFile): boolean;
}
