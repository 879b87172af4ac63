/** The raw frames of a pass: images or a movie, in frame order, at an even size. */
import type { Size } from '../media/exact-size.js';
import type { FrameFormat, FrameShape } from '../media/frames.js';
import { decodeMovie } from '../media/movie.js';
import type { MovieHeader } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';
import type { ProcessOptions } from '../process.js';
import type { Chromaticities } from './exr/header.js';
import { type ImageFiles, type ImageOptions, type ImageShape, readImages } from './image/frames.js';

/**
 * H.264 yuv420p needs even sizes. One row or column too many is cut off rather than added: an invented line would be
 * an edge that the model follows, and all passes lose the same pixels.
 */
export function evenSize({ width, height }: Size): Size {
  return { width: width - (width % 2), height: height - (height % 2) };
}

/** The same for ffmpeg. */
const EVEN = 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0';

export interface SourceShape extends Size {
  readonly format: FrameFormat;
}

export interface SourceFrames {
  readonly shape: SourceShape;
  /** How many there are. */
  readonly count: number;
  /** Primaries of linear colours, CIE x and y of red, green, blue and white; null = Rec. 709, or no colours. */
  readonly primaries: Chromaticities | null;
  /** Notes for the user about the source, each the rest of a sentence that starts with the first file's name. */
  readonly notes: readonly string[];
  /** May be read more than once. */
  read(options: ImageOptions): AsyncIterable<Buffer>;
}

/** PNG, JPEG and the like. */
export class ImageFrames implements SourceFrames {
  readonly primaries = null;
  readonly notes = [];

  constructor(
    private readonly tools: MediaTools,
    private readonly images: ImageFiles,
    readonly shape: ImageShape,
  ) {}

  get count(): number {
    return this.images.files.length;
  }

  read(options: ImageOptions): AsyncGenerator<Buffer> {
    return readImages(this.tools, this.images, this.shape, options);
  }
}

/** Every frame of a movie once, whatever its time stamps: passes must keep equal counts. */
export class MovieFrames implements SourceFrames {
  readonly primaries = null;

  constructor(
    private readonly tools: MediaTools,
    private readonly movie: MovieHeader,
    readonly shape: FrameShape,
    readonly count: number,
    readonly notes: readonly string[] = [],
  ) {}

  read(options: ProcessOptions): AsyncGenerator<Buffer> {
    return decodeMovie(this.tools, this.movie, this.shape, { ...options, filter: EVEN, most: this.count });
  }
}
