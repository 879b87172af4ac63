/**
 * A filter that lets frames of one size through and ends ffmpeg at any other. It stands in the filter graph because
 * nothing that leaves ffmpeg tells the truth: raw frames have no size, PAM and PPM repeat that of the first frame, and
 * an image of another size is scaled to it without a word (docs/decisions/frames-from-ffmpeg.md).
 */

export interface Size {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** A crop to the whole frame, which costs nothing; to a negative size, which ffmpeg refuses, if it is another one. */
export function exactly({ width, height }: Size): string {
  const either = (right: number, wrong: string) => `'if(eq(iw,${width})*eq(ih,${height}),${right},${wrong})'`;
  return `crop=w=${either(width, '-iw')}:h=${either(height, '-ih')}:x=0:y=0:exact=1`;
}

/** The size that {@link exactly} refused, from what ffmpeg said of it; undefined when it said something else. */
export function refusedSize(stderr: string): Size | undefined {
  const [, width, height] = /non positive size for width '-(\d+)' or height '-(\d+)'/.exec(stderr) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}
