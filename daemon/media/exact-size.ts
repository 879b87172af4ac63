/**
 * A filter that passes frames of one size and ends ffmpeg at any other size. It is part of the filter graph because
 * ffmpeg's output does not show the size: raw frames have none, PAM and PPM repeat that of the first frame, and
 * an image of another size is scaled to it without a message (docs/decisions/frames-from-ffmpeg.md).
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

/** The size that {@link exactly} refused, from ffmpeg's message; undefined when it is another message. */
export function refusedSize(stderr: string): Size | undefined {
  const [, width, height] = /non positive size for width '-(\d+)' or height '-(\d+)'/.exec(stderr) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}
