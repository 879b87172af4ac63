/** Raw frames through ffmpeg: decoding as an async iterable, encoding as a writer; both bounded in memory. */
import { once } from 'node:events';
import { CosmosError } from '../errors.js';
import { ProcessError, type ProcessOptions, type StreamedProcess, streamProcess } from '../process.js';
import type { MediaTools } from './tools.js';

export type PixelFormat = 'rgb24' | 'gray' | 'gray16le' | 'grayf32le' | 'gbrpf32le';
/** Formats of raw frames, those that no ffmpeg knows among them: one or three (G, B, R) planes of unsigned 32 bits. */
export type FrameFormat = PixelFormat | 'grayu32le' | 'gbrpu32le';

/** Bytes of one pixel over all its planes. */
const PIXEL_BYTES: Readonly<Record<PixelFormat, number>> = {
  rgb24: 3,
  gray: 1,
  gray16le: 2,
  grayf32le: 4,
  gbrpf32le: 12,
};

export interface FrameShape {
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
}

export function frameBytes({ width, height, format }: FrameShape): number {
  return width * height * PIXEL_BYTES[format];
}

/**
 * Decodes `input` (ffmpeg's own input arguments, ending in -i FILE) frame by frame. Nothing is scaled unless
 * `filter` says so; the frames must have the given shape. Leaving the loop early ends ffmpeg.
 * @throws CosmosError encode_failed with ffmpeg's last line.
 */
export async function* decodeFrames(
  tools: MediaTools,
  input: readonly string[],
  shape: FrameShape,
  options: ProcessOptions & { filter?: string } = {},
): AsyncGenerator<Buffer> {
  const filter = options.filter === undefined ? [] : ['-vf', options.filter];
  const output = ['-f', 'rawvideo', '-pix_fmt', shape.format, '-vsync', '0', 'pipe:1'];
  const args = ['-v', 'error', '-nostdin', '-xerror', ...input, ...filter, ...output];
  const child = streamProcess(tools.ffmpeg, args, options);
  child.stdin.end();
  let finished = false;
  try {
    yield* inFrames(child.stdout, frameBytes(shape));
    await settled(child, 'read');
    finished = true;
  } finally {
    if (!finished) await end(child);
  }
}

async function* inFrames(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let frame = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const chunk of stream) {
    let at = 0;
    while (at < chunk.length) {
      const taken = Math.min(size - filled, chunk.length - at);
      frame.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < size) continue;
      yield frame;
      frame = Buffer.allocUnsafe(size);
      filled = 0;
    }
  }
  if (filled > 0) throw new CosmosError('encode_failed', 'ffmpeg gave an incomplete frame: the images differ in size.');
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

  /** A pipe that breaks counts as room: the next write or close() reports why. */
  private async room(): Promise<void> {
    const { stdin } = this.child;
    if (stdin.destroyed) return; // closed already, and said so before anybody listened
    const heard = new AbortController(); // takes back the listener that did not fire
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

  /** Gives up: ffmpeg is ended, the half file is the caller's to remove. */
  async abort(): Promise<void> {
    await end(this.child);
  }
}

function writerArguments(file: string, movie: MovieOptions): string[] {
  const { width, height, format, fps, crf = 14, preset = 'fast' } = movie;
  const input = ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${width}x${height}`, '-r', `${fps.num}/${fps.den}`];
  const matrix = 'scale=out_color_matrix=bt709:out_range=tv';
  const colour = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const codec = ['-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-pix_fmt', 'yuv420p'];
  const head = ['-v', 'error', '-y', ...input, '-i', 'pipe:0', '-an', '-vf', matrix];
  return [...head, ...codec, ...colour, '-movflags', '+faststart', '-f', 'mp4', file];
}

async function settled(child: StreamedProcess, verb: 'read' | 'write'): Promise<void> {
  try {
    await child;
  } catch (error) {
    if (error instanceof ProcessError && error.isCanceled) throw error;
    throw new CosmosError('encode_failed', `ffmpeg could not ${verb} it: ${lastWords(error)}`, {}, { cause: error });
  }
}

function lastWords(error: unknown): string {
  if (!(error instanceof ProcessError)) return String(error);
  const text = Buffer.from((error.stderr as Uint8Array | undefined) ?? []).toString();
  return text.trim().split('\n').at(-1) || error.shortMessage;
}

async function end(child: StreamedProcess): Promise<void> {
  child.kill();
  await child.catch(() => {}); // killed on purpose: its failure is no news
}
