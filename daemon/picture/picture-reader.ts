/**
 * Reads all pictures: the same code checks a watched folder and encodes a job, so that
 * a clip that is called ready can be read. EXR files are read by our own program (exr/), other images by ffmpeg (image/).
 */
import path from 'node:path';
import type { AliasConfig, PassName } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { Refusal } from '../foreign/refusal.js';
import type { MediaTools } from '../media/tools.js';
import { FileBytes, notRead } from './bytes.js';
import { exrHeader, exrImage, exrPass } from './exr/facts.js';
import { ExrFrames, type ReaderProgram } from './exr/frames.js';
import { type ImageShape, imageSize } from './image/frames.js';
import { guarded, imageKind, readImageHeader } from './image/headers.js';
import { brokenImage, type ImageHeader } from './image.js';
import { wordReader } from './pass-aliases.js';
import { PictureError } from './picture-error.js';
import { evenSize, ImageFrames, type SourceFrames } from './source-frames.js';

export interface PictureReaderDeps {
  readonly tools: MediaTools;
  readonly aliases: AliasConfig;
  readonly program: ReaderProgram;
}

/** Which pass of which images. */
export interface ImageList {
  /** In frame order. */
  readonly files: readonly string[];
  /** Folder below which they must lie, links resolved; left out: anywhere. */
  readonly root?: string | null;
  readonly pass: PassName;
  /** EXR layer; undefined = none is named. */
  readonly layer: string | undefined;
  /** Format to decode other images than EXR to. */
  readonly integers: ImageShape['format'];
}

/** The result of reading an image as one of its passes. */
export interface ImageCheck {
  /** Why it cannot be used, as the rest of a sentence that starts with its name; null = it can. */
  readonly problem: string | null;
  /** Notes for the user, as the rest of such sentences. */
  readonly notes: readonly string[];
  /** Format and primaries of its frames as one text, the same for all frames of a pass; absent when there are none. */
  readonly likeness?: string;
}

/** Milliseconds after which a check of one image is given up. */
const PATIENCE = 60_000;

export class PictureReader {
  constructor(private readonly deps: PictureReaderDeps) {}

  /** Size, layers, and whether the file is whole. Never throws for a bad file: the answer carries the problem. */
  async header(file: string, root: string | null = null): Promise<ImageHeader> {
    if ((await imageKind(file, root)) !== 'exr') return readImageHeader(file, root);
    return guarded(file, root, brokenImage, exrImage);
  }

  /** Reads the image as it would be for its pass. Never throws for a bad file. */
  async check(
    file: string,
    pass: PassName,
    layer: string | undefined,
    root: string | null = null,
  ): Promise<ImageCheck> {
    const notes: string[] = [];
    const onTransparent = () => notes.push('has transparency, which is shown over black');
    try {
      const integers = pass === 'depth' ? 'gray16le' : 'rgb24';
      const source = await this.open({ files: [file], root, pass, layer, integers });
      for await (const _ of source.read({ timeout: PATIENCE, onTransparent })) {
        // It could be decoded, so the check is complete.
      }
      return { problem: null, notes: [...source.notes, ...notes], likeness: likenessOf(source) };
    } catch (error) {
      return { problem: problemIn(error, file), notes };
    }
  }

  /** @throws CosmosError encode_failed naming the file and what is wrong with it. */
  async open(images: ImageList): Promise<SourceFrames> {
    const { files, root = null, integers } = images;
    const [first] = files;
    if (first === undefined) throw new CosmosError('encode_failed', 'The pass has no frames.');
    if ((await imageKind(first, root)) === 'exr') return this.openExr(first, images);
    const size = requireVideo(first, evenSize(await imageSize(first, root)));
    return new ImageFrames(this.deps.tools, { files, root }, { ...size, format: integers });
  }

  private async openExr(first: string, { files, root = null, pass, layer }: ImageList): Promise<SourceFrames> {
    const { aliases, program } = this.deps;
    const { choice, width, height, primaries, notes } = await this.exrPass(first, root, pass, layer);
    const size = requireVideo(first, evenSize({ width, height }));
    const { kind, whole } = choice;
    return new ExrFrames(program, { files, root, pass, layer, aliases, ...size, kind, whole, primaries }, notes);
  }

  private async exrPass(file: string, root: string | null, pass: PassName, layer: string | undefined) {
    const wish = { pass, layer, passOf: wordReader(this.deps.aliases) };
    try {
      return await FileBytes.with(file, async (bytes) => exrPass(await exrHeader(bytes), wish), root);
    } catch (error) {
      if (error instanceof PictureError) throw refused(file, error.message, error);
      if (error instanceof Refusal) throw refused(file, notRead(error), error);
      throw error;
    }
  }
}

function likenessOf({ shape, primaries }: SourceFrames): string {
  return JSON.stringify([shape.format, primaries]);
}

function requireVideo<T extends { readonly width: number; readonly height: number }>(file: string, size: T): T {
  if (size.width > 0 && size.height > 0) return size;
  throw refused(file, 'is less than two pixels wide or high: a video needs two each way');
}

function refused(file: string, problem: string, cause?: unknown): CosmosError {
  return new CosmosError('encode_failed', `${path.basename(file)} ${problem}.`, { file, problem }, { cause });
}

/** The rest of the sentence that starts with the file's name. */
function problemIn(error: unknown, file: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const sentence = message.replaceAll(file, path.basename(file)).replace(/\.$/, '');
  const name = `${path.basename(file)} `;
  return sentence.startsWith(name) ? sentence.slice(name.length) : `cannot be read: ${sentence}`;
}
