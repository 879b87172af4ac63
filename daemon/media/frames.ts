/** Raw frames through ffmpeg: decoding as an async iterable, encoding as a writer; both bounded in memory. */
import { once } from 'node:events';
import { CosmosError } from '../errors.js';
import { ProcessError, type ProcessOptions, type StreamedProcess, streamProcess } from '../process.js';
import { cutFrames } from './cut-frames.js';
import { exactly, refusedSize, type Size } from './exact-size.js';
import { feed } from './feed.js';
import { fileUrl, LARGEST_FRAME, pipeInput } from './input.js';
import type { MediaTools } from './tools.js';

export type PixelFormat = 'rgb24' | 'gray' | 'gray16le' | 'grayf32le' | 'gbrpf32le';
/** Formats of raw frames, those that no ffmpeg knows among them: one or three (G, B, R) planes of unsigned 32 bits. */
export type FrameFormat = PixelFormat | 'grayu32le' | 'gbrpu32le';
/** What decoders of images give before anything is converted: alpha, 16 bits, luminance with chrominance beside it. */
export type DecodedFormat =
  | PixelFormat
  | 'rgba'
  | 'rgb48le'
  | 'rgba64le'
  | 'yuvj444p'
  | 'yuvj422p'
  | 'yuvj420p'
  | 'yuv420p'
  | 'yuva420p';

/** Bytes of one pixel over all its planes of full size. */
const PIXEL_BYTES: Readonly<Record<DecodedFormat, number>> = {
  rgb24: 3,
  gray: 1,
  gray16le: 2,
  grayf32le: 4,
  gbrpf32le: 12,
  rgba: 4,
  rgb48le: 6,
  rgba64le: 8,
  yuvj444p: 3,
  yuvj422p: 1,
  yuvj420p: 1,
  yuv420p: 1,
  yuva420p: 2,
};

/** Pixels, across and down, that share one value of each of the two planes of chrominance; absent = no such planes. */
export const CHROMA_SHARED: Readonly<Partial<Record<DecodedFormat, readonly [across: 1 | 2, down: 1 | 2]>>> = {
  yuvj422p: [2, 1],
  yuvj420p: [2, 2],
  yuv420p: [2, 2],
  yuva420p: [2, 2],
};

/** Milliseconds without a byte from ffmpeg. Long: picking the last frame of a long movie is silent until then. */
const PATIENCE = 10 * 60_000;

export interface FrameShape<Format extends DecodedFormat = PixelFormat> extends Size {
  readonly format: Format;
}

export function frameBytes({ width, height, format }: FrameShape<DecodedFormat>): number {
  const shared = CHROMA_SHARED[format];
  const chroma = shared === undefined ? 0 : 2 * Math.ceil(width / shared[0]) * Math.ceil(height / shared[1]);
  return width * height * PIXEL_BYTES[format] + chroma;
}

export interface DecodeOptions extends ProcessOptions {
  /** Size of what is decoded, before `filter`; frames of another end the reading. Absent = that of the shape. */
  readonly source?: Size | undefined;
  /** ffmpeg's filters that turn what is decoded upright, before it has the size of `source`. */
  readonly upright?: string | undefined;
  /** ffmpeg's filters between what is decoded and the shape that is asked for. */
  readonly filter?: string | undefined;
  /** Frames that are expected at most. */
  readonly most?: number | undefined;
  /** What ffmpeg reads on its standard input; nothing unless given. */
  readonly feed?: AsyncIterable<Uint8Array> | undefined;
  /** What is read, at the beginning of a sentence. */
  readonly what?: string | undefined;
  /** Milliseconds without a byte after which ffmpeg is given up. */
  readonly patience?: number;
}

/**
 * Decodes `input` (ffmpeg's own input arguments, ending in -i FILE) frame by frame. Nothing is scaled unless `filter`
 * says so: every frame has the given shape, or the reading fails. Leaving the loop early ends ffmpeg.
 * @throws CosmosError encode_failed with one sentence: ffmpeg's last line, another size than expected, a frame too
 *   many, silence; whatever `feed` throws.
 */
export async function* decodeFrames(
  tools: MediaTools,
  input: readonly string[],
  shape: FrameShape<DecodedFormat>,
  options: DecodeOptions = {},
): AsyncGenerator<Buffer> {
  requirePossible(shape, options.what);
  const output = [
    '-map',
    '0:V:0',
    '-vf',
    filtersOf(shape, options),
    '-f',
    'rawvideo',
    '-pix_fmt',
    shape.format,
    '-vsync',
    '0',
    'pipe:1',
  ];
  const child = streamProcess(tools.ffmpeg, ['-v', 'error', '-nostdin', '-xerror', ...input, ...output], options);
  const feeding = feed(child, options.feed);
  const cut = { writer: 'ffmpeg', size: frameBytes(shape), most: options.most, patience: options.patience ?? PATIENCE };
  let finished = false;
  try {
    const left = yield* cutFrames(child.stdout, { ...cut, giveUp: () => child.kill('SIGKILL') });
    await feeding();
    await settled(child, 'read', options.what, options.source ?? shape);
    if (left > 0) throw new CosmosError('encode_failed', `${options.what ?? 'What ffmpeg gave'} ends within a frame.`);
    finished = true;
  } catch (error) {
    await end(child);
    await feeding(); // an error of the input is the cause of ffmpeg's error, so it is thrown first
    throw error;
  } finally {
    if (!finished) await end(child);
  }
}

function filtersOf(shape: Size, { upright, source, filter }: DecodeOptions): string {
  const filters = [upright, source && exactly(source), filter, exactly(shape)];
  return filters.filter((one) => one !== undefined).join(',');
}

/** @throws CosmosError encode_failed for a size that no frame can have. */
function requirePossible(shape: FrameShape<DecodedFormat>, what = 'The picture'): void {
  const { width, height } = shape;
  const possible = [width, height].every((side) => Number.isSafeInteger(side) && side > 0);
  if (possible && frameBytes(shape) <= LARGEST_FRAME) return;
  throw new CosmosError('encode_failed', `${what} says that it has ${width}x${height} pixels, which cannot be read.`);
}

export interface MovieOptions extends FrameShape {
  readonly fps: { readonly num: number; readonly den: number };
  /** x264 quality, 0 (lossless) to 51. */
  readonly crf?: number;
  /** x264 speed: veryfast halves the time for a somewhat larger file. */
  readonly preset?: 'fast' | 'veryfast';
}

/** Writes raw frames into an H.264 yuv420p movie. Sizes must be even. */
export class MovieWriter {
  private readonly child: StreamedProcess;
  private failure: Error | undefined;

  constructor(tools: MediaTools, file: string, movie: MovieOptions, options: ProcessOptions = {}) {
    this.child = streamProcess(tools.ffmpeg, writerArguments(file, movie), options);
    this.child.stdout.resume();
    this.child.stdin.on('error', () => {}); // EPIPE: the reason comes with the exit, which close() reports
    this.child.catch((error: unknown) => {
      this.failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** Resolves when ffmpeg has room for more. */
  async write(frame: Uint8Array): Promise<void> {
    if (this.failure !== undefined) await this.close();
    if (this.child.stdin.write(frame)) return;
    await this.room();
  }

  /** A broken pipe counts as room: the next write or close() reports why. */
  private async room(): Promise<void> {
    const { stdin } = this.child;
    if (stdin.destroyed) return; // closed before we listened
    const heard = new AbortController(); // removes the listener that did not fire
    const event = (name: string) => once(stdin, name, { signal: heard.signal });
    try {
      await Promise.race([event('drain'), event('close')]);
    } catch {
      // EPIPE or the like: see above
    } finally {
      heard.abort();
    }
  }

  /** Ends the movie; rejects with ffmpeg's last line if it could not be written. */
  async close(): Promise<void> {
    this.child.stdin.end();
    await settled(this.child, 'write');
  }

  /** Ends ffmpeg; the caller removes the incomplete file. */
  async abort(): Promise<void> {
    await end(this.child);
  }
}

function writerArguments(file: string, movie: MovieOptions): string[] {
  const { width, height, format, fps, crf = 14, preset = 'fast' } = movie;
  const raw = ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${width}x${height}`, '-r', `${fps.num}/${fps.den}`];
  const matrix = 'scale=out_color_matrix=bt709:out_range=tv';
  const colour = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const codec = ['-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-pix_fmt', 'yuv420p'];
  const head = ['-v', 'error', '-y', ...pipeInput(raw), '-an', '-vf', matrix];
  return [...head, ...codec, ...colour, '-movflags', '+faststart', '-f', 'mp4', fileUrl(file)];
}

/** @param wanted the size that was to be read */
async function settled(child: StreamedProcess, verb: 'read' | 'write', what = 'it', wanted?: Size): Promise<void> {
  try {
    await child;
  } catch (error) {
    if (error instanceof ProcessError && error.isCanceled) throw error;
    const words = wordsOf(error);
    const found = refusedSize(words);
    const sentence =
      found === undefined || wanted === undefined
        ? `ffmpeg could not ${verb} ${what}: ${words.split('\n').at(-1)}`
        : `${what === 'it' ? 'A frame' : what} has ${found.width}x${found.height} pixels where ` +
          `${wanted.width}x${wanted.height} were expected.`;
    throw new CosmosError('encode_failed', sentence, {}, { cause: error });
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof ProcessError)) return String(error);
  const text = Buffer.from((error.stderr as Uint8Array | undefined) ?? []).toString();
  // "[png @ 0x55d0c1]" has no meaning for users and changes each time.
  const words = text.replaceAll(/\[[^\]\n]* @ 0x[0-9a-f]+\]\s*/g, '').trim();
  if (words !== '') return words;
  return error.timedOut ? 'it did not come to an end' : 'it does not say why; the file may be damaged';
}

async function end(child: StreamedProcess): Promise<void> {
  child.kill();
  await child.catch(() => {}); // killed on purpose: its failure is expected
}
