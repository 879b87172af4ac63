/** Asks files what they are: images by header and end marker, movies by ffprobe, both by decoding on request. */
import path from 'node:path';
import pLimit from 'p-limit';
import type { PassName } from '../../schemas/index.js';
import { CosmosError, errnoOf } from '../errors.js';
import { probeVideo } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';
import { FileBytes } from '../picture/bytes.js';
import type { PictureReader } from '../picture/picture-reader.js';
import { ProcessError, runProcess } from '../process.js';
import type { FileProbe } from './checks.js';
import { readExr } from './exr.js';
import { brokenImage, CUT_OFF, type ImageHeader } from './image.js';
import { readJpeg } from './jpeg.js';
import { isMovie } from './names.js';
import { readPng } from './png.js';

/** ffmpeg processes and open images at the same time, over all clips: a farm of folders must not starve a render. */
const PROCESSES = 2;
const OPEN_FILES = 16;
/** Milliseconds after which a decode of one frame is given up. */
const PATIENCE = 60_000;
/** What ffmpeg says about cut files even where it then ends with exit code 0 (Matroska). */
const TRUNCATED = /ended prematurely|partial file|truncat/i;

export class Prober {
  private readonly processes = pLimit(PROCESSES);
  private readonly images = pLimit(OPEN_FILES);

  constructor(
    private readonly tools: MediaTools,
    private readonly reader: PictureReader,
  ) {}

  /** Size, layers, frames: never throws for a bad file, the answer carries the problem. */
  header(file: string): Promise<FileProbe> {
    if (isMovie(file)) return this.processes(() => this.movie(file));
    return this.images(async () => ({ ...(await readHeader(file)), frames: null, fps: null }));
  }

  /** Decodes an image, or the first and last frame of a movie; the answer is the problem, or null. */
  decode(file: string, pass: PassName, layer: string | null): Promise<string | null> {
    return this.processes(async () => {
      if (/\.exr$/i.test(file)) return this.decodeExr(file, pass, layer);
      if (!isMovie(file)) return this.decodeFrame(file, [], ['-frames:v', '1']);
      return (await this.decodeFrame(file, [], ['-frames:v', '1'])) ?? (await this.decodeFrame(file, ['-sseof', '-1']));
    });
  }

  private async movie(file: string): Promise<FileProbe> {
    try {
      const { width, height, frames, fps } = await probeVideo(this.tools, file);
      return { width, height, frames, fps: fps.num / fps.den, layers: [], problem: null };
    } catch (error) {
      return { ...brokenImage(`cannot be read: ${wordsOf(error, file)}`), frames: null, fps: null };
    }
  }

  private async decodeExr(file: string, pass: PassName, layer: string | null): Promise<string | null> {
    try {
      const source = await this.reader.open({ files: [file], pass, layer: layer ?? undefined, integers: 'rgb24' });
      for await (const _ of source.read('', { timeout: PATIENCE })) return null;
      return 'holds no picture';
    } catch (error) {
      if (error instanceof CosmosError && typeof error.data.problem === 'string') return error.data.problem;
      return `cannot be read: ${wordsOf(error, file)}`;
    }
  }

  private async decodeFrame(file: string, input: string[], output: string[] = []): Promise<string | null> {
    const args = ['-v', 'error', '-xerror', '-nostdin', ...input, '-i', file, '-map', '0:v:0', ...output];
    try {
      const { stderr } = await runProcess(this.tools.ffmpeg, [...args, '-f', 'null', '-'], { timeout: PATIENCE });
      return TRUNCATED.test(stderr) ? `cannot be read: ${firstWords(stderr, file)}` : null;
    } catch (error) {
      return `cannot be read: ${wordsOf(error, file)}`;
    }
  }
}

async function readHeader(file: string): Promise<ImageHeader> {
  try {
    return await FileBytes.with(file, (bytes) => {
      if (bytes.size === 0) return Promise.resolve(brokenImage('is empty'));
      return readerOf(file)(bytes);
    });
  } catch (error) {
    if (error instanceof RangeError) return brokenImage(CUT_OFF); // a length in the header points beyond what is there
    return brokenImage(`cannot be read (${errnoOf(error) ?? String(error)})`);
  }
}

function readerOf(file: string): (bytes: FileBytes) => Promise<ImageHeader> {
  const extension = path.extname(file).toLowerCase();
  if (extension === '.png') return readPng;
  return extension === '.exr' ? readExr : readJpeg;
}

/** ffmpeg's own words behind any failure. */
function wordsOf(error: unknown, file: string): string {
  const cause = error instanceof CosmosError ? (error.cause ?? error) : error;
  if (cause instanceof ProcessError) {
    if (cause.timedOut) return 'reading it took too long';
    return firstWords(String(cause.stderr), file) || cause.shortMessage;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(file, path.basename(file)).replace(/\.$/, '');
}

/** First line without the "[mov @ 0x55d0]" that ffmpeg puts before it. */
function firstWords(stderr: string, file: string): string {
  const line = stderr.trim().split('\n')[0] ?? '';
  return line.replace(/^\[[^\]]*\]\s*/, '').replaceAll(file, path.basename(file));
}
