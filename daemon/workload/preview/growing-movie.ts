/** Writes a movie, or for one frame a picture, which gets its name only when it is complete. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Media } from '../../../schemas/index.js';
import { renameOver } from '../../held-file.js';
import { MovieWriter, type PixelFormat } from '../../media/frames.js';
import { writeJpeg } from '../../media/still.js';
import type { MediaTools } from '../../media/tools.js';
import { extensionFor } from './media.js';

/** A preview is looked at once: its encode may cost less time than its picture. */
const QUICK = { crf: 16, preset: 'veryfast' } as const;

export interface OutputOptions {
  readonly tools: MediaTools;
  readonly signal: AbortSignal;
  /** Path without extension. */
  readonly stem: string;
  readonly media: Media;
  readonly format: PixelFormat;
}

export class Output {
  /** Where it will be. */
  readonly file: string;
  private readonly part: string;
  private readonly movie: MovieWriter | undefined;

  constructor(private readonly options: OutputOptions) {
    const { tools, stem, media, format, signal } = options;
    this.file = `${stem}.${extensionFor(media.frames)}`;
    this.part = partOf(this.file);
    if (media.frames === 1) return;
    this.movie = new MovieWriter(tools, this.part, { ...media, format, ...QUICK }, { signal });
  }

  async write(frame: Uint8Array): Promise<void> {
    if (this.movie !== undefined) return this.movie.write(frame);
    const { tools, media, format, signal } = this.options;
    await writeJpeg(tools, this.part, frame, { ...media, format }, { signal });
  }

  /** Completes the file; a later {@link discard} does nothing. */
  async finish(): Promise<void> {
    await this.movie?.close();
    await renameOver(this.part, this.file);
  }

  /** Ends the encoder and removes the half file. */
  async discard(): Promise<void> {
    await this.movie?.abort();
    await rm(this.part, { force: true });
  }
}

/** The hidden name beside `file` that it has while it grows. */
export function partOf(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.part`);
}
