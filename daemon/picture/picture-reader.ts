/**
 * The door to pictures: what a watched folder is checked with and what a job is encoded from is the same code, so that
 * what is called ready can be read. EXR files are read by our own program (exr/), everything else by ffmpeg.
 */
import path from 'node:path';
import type { AliasConfig, PassName } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { PixelFormat } from '../media/frames.js';
import { probeVideo } from '../media/probe.js';
import type { MediaTools } from '../media/tools.js';
import { FileBytes } from './bytes.js';
import { exrHeader, exrPass } from './exr/facts.js';
import { ExrFrames, type ReaderProgram } from './exr/frames.js';
import { wordReader } from './exr/program.js';
import { PictureError } from './picture-error.js';
import { ListedImages, type SourceFrames } from './source-frames.js';

export interface PictureReaderDeps {
  readonly tools: MediaTools;
  readonly aliases: AliasConfig;
  readonly program: ReaderProgram;
}

export interface ImageList {
  /** In frame order. */
  readonly files: readonly string[];
  readonly pass: PassName;
  /** EXR layer; undefined = nobody named one. */
  readonly layer: string | undefined;
  /** Format of images that are no EXR. */
  readonly integers: PixelFormat;
}

export class PictureReader {
  constructor(private readonly deps: PictureReaderDeps) {}

  /** @throws CosmosError encode_failed naming the file and what is wrong with it. */
  async open(images: ImageList, signal?: AbortSignal): Promise<SourceFrames> {
    const [first] = images.files;
    if (first === undefined) throw new CosmosError('encode_failed', 'The pass has no frames.');
    if (/\.exr$/i.test(first)) return this.openExr(first, images);
    const { tools } = this.deps;
    const { width, height } = await probeVideo(tools, first, signal);
    const size = { width: width - (width % 2), height: height - (height % 2) };
    return new ListedImages(tools, images.files, { ...size, format: images.integers });
  }

  private async openExr(first: string, { files, pass, layer }: ImageList): Promise<SourceFrames> {
    const { aliases, program } = this.deps;
    const wish = { pass, layer, passOf: wordReader(aliases) };
    const { choice, width, height, primaries, notes } = await this.exr(first, wish);
    if (width < 2 || height < 2) throw refused(first, `is ${width}x${height}: a video needs two pixels each way`);
    const { kind, whole } = choice;
    const size = { width: width - (width % 2), height: height - (height % 2) };
    return new ExrFrames(program, { files, pass, layer, aliases, ...size, kind, whole }, primaries, notes);
  }

  private async exr(file: string, wish: Parameters<typeof exrPass>[1]) {
    try {
      return await FileBytes.with(file, async (bytes) => exrPass(await exrHeader(bytes), wish));
    } catch (error) {
      if (error instanceof PictureError) throw refused(file, error.message, error);
      throw error;
    }
  }
}

function refused(file: string, problem: string, cause?: unknown): CosmosError {
  return new CosmosError('encode_failed', `${path.basename(file)} ${problem}.`, { file, problem }, { cause });
}
