/** The raw frames of a pass: a list of images or a movie, read by ffmpeg in frame order, at an even size. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeFrames, type FrameFormat, type PixelFormat } from '../media/frames.js';
import type { MediaTools } from '../media/tools.js';
import type { ProcessOptions } from '../process.js';
import type { Chromaticities } from './exr/header.js';

/**
 * H.264 yuv420p needs even sizes. One row or column too many is cut off rather than added: an invented line would be
 * an edge that the model follows, and all passes lose the same pixels.
 */
export const EVEN = 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0';

export interface FrameShape<Format extends FrameFormat = FrameFormat> {
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
  readonly format: Format;
}

export interface SourceFrames {
  readonly shape: FrameShape;
  /** How many there are. */
  readonly count: number;
  /** Primaries of linear colours, CIE x and y of red, green, blue and white; null = Rec. 709, or no colours. */
  readonly primaries: Chromaticities | null;
  /** What a person should know of the source, each the rest of a sentence that starts with the first file's name. */
  readonly notes: readonly string[];
  /** May be read more than once. `scratch` is a folder for files of the reading. */
  read(scratch: string, options: ProcessOptions): AsyncIterable<Buffer>;
}

/** All images in one ffmpeg, by a list file: no frame number, step, sign or padding matters. */
export class ListedImages implements SourceFrames {
  readonly primaries = null;
  readonly notes = [];

  constructor(
    private readonly tools: MediaTools,
    private readonly files: readonly string[],
    readonly shape: FrameShape<PixelFormat>,
  ) {}

  get count(): number {
    return this.files.length;
  }

  async *read(scratch: string, options: ProcessOptions): AsyncGenerator<Buffer> {
    const list = path.join(scratch, 'frames.ffconcat');
    await writeFile(list, concatList(this.files));
    const input = ['-f', 'concat', '-safe', '0', '-i', list];
    yield* decodeFrames(this.tools, input, this.shape, { ...options, filter: EVEN });
  }
}

/** The durations only keep the time stamps rising; the movie gets its own rate. */
function concatList(files: readonly string[]): string {
  const lines = files.map((file) => `file '${file.replaceAll("'", "'\\''")}'\nduration 0.04\n`);
  return `ffconcat version 1.0\n${lines.join('')}`;
}

/** Every frame of a movie once, whatever its time stamps: passes must keep equal counts. */
export class MovieFrames implements SourceFrames {
  readonly primaries = null;
  readonly notes = [];

  constructor(
    private readonly tools: MediaTools,
    private readonly file: string,
    readonly shape: FrameShape<PixelFormat>,
    readonly count: number,
  ) {}

  read(_scratch: string, options: ProcessOptions): AsyncGenerator<Buffer> {
    return decodeFrames(this.tools, ['-i', this.file], this.shape, { ...options, filter: EVEN });
  }
}
