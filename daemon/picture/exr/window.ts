/** Rectangles of pixels as EXR files name them: whole numbers, y down, anywhere in the plane. Pure. */

export interface Window {
  /** Left column and top row. */
  readonly x: number;
  readonly y: number;
  /** Pixels; at least 1. */
  readonly width: number;
  readonly height: number;
}

/** Samples of a channel between `from` and `from + length - 1` where one stands at every multiple of `sampling`. */
export function sampleCount(sampling: number, from: number, length: number): number {
  return Math.floor((from + length - 1) / sampling) - Math.ceil(from / sampling) + 1;
}
