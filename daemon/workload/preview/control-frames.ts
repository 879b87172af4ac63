/** Gives the frames of one control, in step with the colour pass: read from its file, or computed. */
import { copyFile, rm } from 'node:fs/promises';
import type { Media } from '../../../schemas/index.js';
import { CosmosError } from '../../errors.js';
import { renameOver } from '../../held-file.js';
import type { PixelFormat } from '../../media/frames.js';
import { decodeMovie } from '../../media/movie.js';
import { type MovieHeader, type ProbedVideo, probeVideo } from '../../media/probe.js';
import { BlurFilter, EdgeFilter } from './filters.js';
import { Output, partOf } from './growing-movie.js';
import type { Layer } from './mix.js';
import type { ControlWish } from './spec.js';
import type { Studio } from './studio.js';

const FORMAT: Readonly<Record<ControlWish['hint'], PixelFormat & ('gray' | 'rgb24')>> = {
  edge: 'gray',
  depth: 'gray',
  seg: 'rgb24',
  vis: 'rgb24',
};

/** Where a control's frames come from. */
interface Source {
  next(color: Buffer): Promise<Buffer>;
  close(): Promise<void>;
}

export class Control {
  private constructor(
    private readonly wish: ControlWish,
    private readonly source: Source,
    private readonly copy: Output | FileCopy,
  ) {}

  /**
   * @param stem path of the output without extension; the control as used is kept beside it.
   * @throws CosmosError spec_invalid when the control's file is shorter than the video.
   */
  static async open(wish: ControlWish, media: Media, stem: string, studio: Studio): Promise<Control> {
    const format = FORMAT[wish.hint];
    const target = `${stem}_control_${wish.hint}`;
    const output = { tools: studio.tools, signal: studio.signal, stem: target, media, format };
    if (wish.file === null) return new Control(wish, computed(wish, media), new Output(output));
    const info = await probeVideo(studio.tools, wish.file, studio.signal);
    requireLength(wish, info, media);
    const source = new DecodedSource(info, media, format, studio);
    const unchanged = wish.file.endsWith('.mp4') && media.frames > 1 && isSame(info, media);
    return new Control(wish, source, unchanged ? new FileCopy(wish.file, `${target}.mp4`) : new Output(output));
  }

  /** The control's part in the next frame, whose colour pass is given. */
  async next(color: Buffer): Promise<Layer> {
    const pixels = await this.source.next(color);
    await this.copy.write(pixels);
    return { hint: this.wish.hint, weight: this.wish.weight, pixels };
  }

  /** Where the control as used will lie. */
  get file(): string {
    return this.copy.file;
  }

  async finish(): Promise<void> {
    await this.copy.finish();
  }

  /** Ends the decoder; what is not finished is removed. */
  async close(): Promise<void> {
    await this.source.close();
    await this.copy.discard();
  }
}

/** A control file that is used exactly as it is needs no second encode. */
class FileCopy {
  constructor(
    private readonly from: string,
    readonly file: string,
  ) {}

  async write(): Promise<void> {}

  async finish(): Promise<void> {
    await copyFile(this.from, partOf(this.file));
    await renameOver(partOf(this.file), this.file);
  }

  async discard(): Promise<void> {
    await rm(partOf(this.file), { force: true });
  }
}

class DecodedSource implements Source {
  private readonly frames: AsyncGenerator<Buffer>;

  constructor(
    private readonly movie: MovieHeader,
    media: Media,
    format: 'gray' | 'rgb24',
    { tools, signal }: Studio,
  ) {
    this.frames = decodeMovie(tools, movie, { ...media, format }, { signal, filter: fitted(media) });
  }

  async next(): Promise<Buffer> {
    const { value, done } = await this.frames.next();
    if (done !== true) return value;
    throw new CosmosError('encode_failed', `${this.movie.file} ended early: it holds fewer frames than it says.`);
  }

  async close(): Promise<void> {
    await this.frames.return(undefined);
  }
}

function computed({ hint, edgeThreshold, blurStrength }: ControlWish, media: Media): Source {
  const filter = hint === 'edge' ? new EdgeFilter(media, edgeThreshold) : new BlurFilter(media, blurStrength);
  return { next: async (color) => filter.apply(color), close: async () => {} };
}

/**
 * Brings any size to the output's. The matrix is stated so that the BT.709 luminance of the decoded pixels is the
 * file's own luminance plane even where the file does not say which matrix it was made with.
 */
export function fitted({ width, height }: Media): string {
  return `scale=${width}:${height}:in_color_matrix=bt709`;
}

function isSame(info: ProbedVideo, media: Media): boolean {
  const sameSize = info.width === media.width && info.height === media.height;
  return !info.turned && info.whole && info.frames === media.frames && sameSize;
}

/** NVIDIA plays a short control backwards to fill up (inference_pipeline.py:293-296); a preview would hide that. */
function requireLength({ hint, file }: ControlWish, control: Media, media: Media): void {
  if (control.frames >= media.frames) return;
  throw new CosmosError(
    'spec_invalid',
    `The ${hint} control has ${control.frames} frames and the video ${media.frames} (${file}): NVIDIA would mirror ` +
      `the missing end without a word, so a preview refuses it; render the missing frames, ` +
      `or set max_frames to ${control.frames}.`,
  );
}
