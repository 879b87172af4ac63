/** The raw frames of a pass: a list of images or a movie, read by ffmpeg in frame order, at an even size. */
import { constants } from 'node:fs';
import { copyFile, open, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError } from '../errors.js';
import type { Size } from '../media/exact-size.js';
import { decodeFrames, type FrameShape } from '../media/frames.js';
import { decodeMovie } from '../media/movie.js';
import { type MovieHeader, probeHeader } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';
import { type ImageShape, imageSize, readImages } from '../picture/image/frames.js';
import { imageKind } from '../picture/image/headers.js';
import type { ProcessOptions } from '../process.js';
import { findExrLayer } from './exr-layer.js';

/**
 * H.264 yuv420p needs even sizes. One row or column too many is cut off rather than added: an invented line would be
 * an edge that the model follows, and all passes lose the same pixels.
 */
export const EVEN = 'crop=trunc(iw/2)*2:trunc(ih/2)*2:0:0';

export interface SourceFrames {
  readonly shape: FrameShape;
  /** How many there are. */
  readonly count: number;
  /** May be read more than once. `scratch` is a folder for files of the reading. */
  read(scratch: string, options: ProcessOptions): AsyncIterable<Buffer>;
}

export interface ImageList {
  readonly files: readonly string[];
  /** EXR layer. */
  readonly layer: string | undefined;
  /** Format of images without floats. */
  readonly integers: ImageShape['format'];
}

/** @throws CosmosError media_tool_missing for float images with an ffmpeg that would clip them. */
export async function openImages(tools: MediaTools, images: ImageList, signal: AbortSignal): Promise<SourceFrames> {
  const [first] = images.files;
  if (first === undefined) throw new CosmosError('encode_failed', 'The pass has no frames.');
  if ((await imageKind(first)) !== 'exr') {
    const size = evenSize(await imageSize(first));
    return new ImageFrames(tools, images.files, { ...size, format: images.integers });
  }
  const size = evenSize(await probeHeader(tools, first, signal));
  if (!tools.floatExr) throw noFloats(tools, first);
  const { kind, patches, part, layer } = await findExrLayer(first, images.layer);
  const shape: FrameShape = { ...size, format: kind === 'rgb' ? 'gbrpf32le' : 'grayf32le' };
  const select = ['-part', String(part), '-layer', layer];
  if (patches.length === 0) return new ListedImages(tools, images.files, shape, part > 0 || layer !== '' ? select : []);
  return new PatchedImages(tools, images.files, shape, images.layer);
}

function evenSize({ width, height }: Size): Size {
  return { width: width - (width % 2), height: height - (height % 2) };
}

/** PNG, JPEG and the like. */
class ImageFrames implements SourceFrames {
  constructor(
    private readonly tools: MediaTools,
    private readonly files: readonly string[],
    readonly shape: ImageShape,
  ) {}

  get count(): number {
    return this.files.length;
  }

  read(_scratch: string, options: ProcessOptions): AsyncGenerator<Buffer> {
    return readImages(this.tools, this.files, this.shape, options);
  }
}

function noFloats({ version }: MediaTools, file: string): CosmosError {
  return new CosmosError(
    'media_tool_missing',
    `${path.basename(file)} needs ffmpeg 5.0 or newer (this is ${version ?? 'an older build'}), because older ones clip ` +
      'the floats of EXR images: install it or set daemon.ffmpeg in cosmos.toml, or export PNG.',
    { file },
  );
}

/** All images in one ffmpeg, by a list file: no frame number, step, sign or padding matters. */
class ListedImages implements SourceFrames {
  constructor(
    private readonly tools: MediaTools,
    private readonly files: readonly string[],
    readonly shape: FrameShape,
    private readonly decoder: readonly string[],
  ) {}

  get count(): number {
    return this.files.length;
  }

  async *read(scratch: string, options: ProcessOptions): AsyncGenerator<Buffer> {
    const list = path.join(scratch, 'frames.ffconcat');
    await writeFile(list, concatList(this.files));
    const input = [...this.decoder, '-f', 'concat', '-safe', '0', '-i', list];
    yield* decodeFrames(this.tools, input, this.shape, { ...options, filter: EVEN });
  }
}

/** The durations only keep the time stamps rising; the movie gets its own rate. */
function concatList(files: readonly string[]): string {
  const lines = files.map((file) => `file '${file.replaceAll("'", "'\\''")}'\nduration 0.04\n`);
  return `ffconcat version 1.0\n${lines.join('')}`;
}

/** EXR layers of a single channel: one image at a time, from a copy in which the channel has a name that ffmpeg knows. */
class PatchedImages implements SourceFrames {
  constructor(
    private readonly tools: MediaTools,
    private readonly files: readonly string[],
    readonly shape: FrameShape,
    private readonly layer: string | undefined,
  ) {}

  get count(): number {
    return this.files.length;
  }

  async *read(scratch: string, options: ProcessOptions): AsyncGenerator<Buffer> {
    for (const file of this.files) {
      const copy = path.join(scratch, 'patched.exr');
      const { part, layer } = await this.patch(file, copy);
      const input = ['-part', String(part), '-layer', layer, '-i', copy];
      yield* decodeFrames(this.tools, input, this.shape, { ...options, filter: EVEN });
      await rm(copy);
    }
  }

  /** Offsets may differ from file to file: headers hold dates and render statistics. */
  private async patch(file: string, copy: string) {
    const found = await findExrLayer(file, this.layer);
    await copyFile(file, copy, constants.COPYFILE_FICLONE);
    const handle = await open(copy, 'r+');
    try {
      for (const { offset, letter } of found.patches) await handle.write(letter, offset, 'latin1');
    } finally {
      await handle.close();
    }
    return found;
  }
}

/** Every frame of a movie once, whatever its time stamps: passes must keep equal counts. */
export class MovieFrames implements SourceFrames {
  constructor(
    private readonly tools: MediaTools,
    private readonly movie: MovieHeader,
    readonly shape: FrameShape,
    readonly count: number,
  ) {}

  read(_scratch: string, options: ProcessOptions): AsyncGenerator<Buffer> {
    return decodeMovie(this.tools, this.movie, this.shape, { ...options, filter: EVEN, most: this.count });
  }
}
