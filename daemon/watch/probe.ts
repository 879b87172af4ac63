/** Examines files: images by header and end marker, movies by ffprobe, and both by decoding when that is asked for. */
import path from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import type { PassName } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { disks } from '../foreign/all-disks.js';
import { fileUrl, inputOf, NOT_READABLE } from '../media/input.js';
import { probeVideo } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';
import { brokenImage } from '../picture/image.js';
import type { ImageCheck, PictureReader } from '../picture/picture-reader.js';
import { ProcessError, runProcess } from '../process.js';
import type { FileProbe } from './checks.js';
import { isMovie } from './names.js';

/** Most decoders and open images at the same time, over all clips, so that renders on this machine stay fast. */
const PROCESSES = 2;
const OPEN_FILES = 16;
/** Milliseconds after which a decode of one frame is given up. */
const PATIENCE = 60_000;
/** Messages of ffmpeg about cut files; for Matroska it ends with exit code 0 all the same. */
const TRUNCATED = /ended prematurely|partial file|truncat/i;

export class Prober {
  private readonly processes = pLimit({ concurrency: PROCESSES, rejectOnClear: true });
  private readonly images = pLimit({ concurrency: OPEN_FILES, rejectOnClear: true });
  private readonly closing = new AbortController();

  constructor(
    private readonly tools: MediaTools,
    private readonly pictures: PictureReader,
  ) {}

  /**
   * Reads size, layers and frames. Does not throw for a bad file: the answer has the problem.
   * @param root folder below which it must lie, links resolved; null = anywhere
   * @throws AbortError once it is closed
   */
  header(file: string, root: string | null = null): Promise<FileProbe> {
    if (isMovie(file)) return this.queued(this.processes, file, () => this.movie(file, root));
    return this.queued(this.images, file, async () => ({
      ...(await this.pictures.header(file, root)),
      ...{ frames: null, fps: null },
    }));
  }

  /** Decodes an image for its pass, or the first and the last frame of a movie. @throws as {@link header} */
  decode(file: string, pass: PassName, layer: string | null, root: string | null = null): Promise<ImageCheck> {
    return this.queued(this.processes, file, async () => {
      if (!isMovie(file)) return this.pictures.check(file, pass, layer ?? undefined, root);
      const first = await this.frame(file, root, [], ['-frames:v', '1']);
      const ends = first ?? (await this.frame(file, root, ['-sseof', '-1']));
      return { problem: ends, notes: [] };
    });
  }

  /** Cancels all waiting files and ends the decoders, because the daemon ends now. */
  close(): void {
    this.closing.abort();
    this.processes.clearQueue();
    this.images.clearQueue();
  }

  /** When a disk does not answer, its files give up their turns, so that files on other disks need not wait. */
  private queued<T>(limit: LimitFunction, file: string, ask: () => Promise<T>): Promise<T> {
    return limit(() => {
      this.closing.signal.throwIfAborted();
      return disks.during(file, ask);
    });
  }

  private async movie(file: string, root: string | null): Promise<FileProbe> {
    try {
      const { width, height, frames, fps, notes } = await probeVideo(this.tools, file, this.closing.signal, root);
      return { width, height, frames, fps: fps.num / fps.den, layers: [], problem: null, notes };
    } catch (error) {
      return { ...brokenImage(`cannot be read: ${wordsOf(error, file)}`), frames: null, fps: null };
    }
  }

  private async frame(
    file: string,
    root: string | null,
    before: string[],
    output: string[] = [],
  ): Promise<string | null> {
    try {
      const input = [...before, ...(await inputOf(file, root)), '-map', '0:V:0', ...output];
      const args = ['-v', 'error', '-xerror', '-nostdin', ...input, '-f', 'null', '-'];
      const { stderr } = await runProcess(this.tools.ffmpeg, args, { timeout: PATIENCE, signal: this.closing.signal });
      return TRUNCATED.test(stderr) ? `cannot be read: ${firstWords(stderr, file)}` : null;
    } catch (error) {
      return `cannot be read: ${wordsOf(error, file)}`;
    }
  }
}

/** The message of ffmpeg in any error. */
function wordsOf(error: unknown, file: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, reason] = message.split(NOT_READABLE);
  if (reason !== undefined) return withoutFolder(reason, file).replace(/\.$/, '');
  const cause = error instanceof CosmosError ? (error.cause ?? error) : error;
  if (cause instanceof ProcessError) {
    if (cause.timedOut) return 'reading it took too long';
    return firstWords(String(cause.stderr), file) || 'ffmpeg does not say why';
  }
  const sentence = withoutFolder(message, file).replace(/\.$/, '');
  return sentence.startsWith(`${path.basename(file)} `) ? sentence.slice(path.basename(file).length + 1) : sentence;
}

/** First line without the "[mov @ 0x55d0]" that ffmpeg puts before it. */
function firstWords(stderr: string, file: string): string {
  const line = stderr.trim().split('\n')[0] ?? '';
  return withoutFolder(line.replace(/^\[[^\]]*\]\s*/, ''), file);
}

function withoutFolder(words: string, file: string): string {
  return words.replaceAll(fileUrl(file), path.basename(file)).replaceAll(file, path.basename(file));
}
