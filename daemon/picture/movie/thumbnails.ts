/** Small pictures of a clip's passes, drawn as the model will see them, so that users can tell the controls apart. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clip, Config, FrozenFile, PassName, Pictures } from '../../../schemas/index.js';
import type { ContentStore } from '../../contents/freeze.js';
import { probeHeader } from '../../media/probe.js';
import { writeJpeg } from '../../media/still.js';
import type { MediaTools } from '../../media/tools.js';
import { type DrawStyle, drawingOf, drawStyleOf, integersFor } from '../draw/draw-style.js';
import type { PictureReader } from '../picture-reader.js';
import { evenSize, MovieFrames, type SourceFrames } from '../source-frames.js';
import { type PassFiles, passFiles } from './pass-files.js';

/** Pixels: sharp in a row of a form on a screen of twice the density. */
const WIDTH = 192;
/** Clips whose pictures are kept; the oldest go first. Five pictures are some 50 KB. */
const MOST_CLIPS = 50;
/** Milliseconds for one pass: a later picture is of no use. */
const TIMEOUT = 20_000;

export interface ThumbnailDeps {
  readonly tools: MediaTools;
  readonly pictures: PictureReader;
  readonly store: Pick<ContentStore, 'inScratch'>;
  readonly folders: { files(clip: Clip): Promise<FrozenFile[]> };
  readonly config: Pick<Config, 'project'>;
}

export class Thumbnails {
  /** By clip and content: a clip that changes gets new ones. */
  private readonly known = new Map<string, Promise<Pictures>>();

  constructor(private readonly deps: ThumbnailDeps) {}

  /** @throws CosmosError not_found when the clip is no longer watched. */
  of(clip: Clip): Promise<Pictures> {
    const key = `${clip.id} ${clip.contentKey}`;
    const pictures = this.known.get(key) ?? this.make(clip);
    this.known.delete(key);
    this.known.set(key, pictures);
    pictures.catch(() => this.known.delete(key));
    const oldest = this.known.size > MOST_CLIPS ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
    return pictures;
  }

  /** One pass after the other, because the processor may be busy with encodes, which matter more. */
  private async make(clip: Clip): Promise<Pictures> {
    const files = await this.deps.folders.files(clip);
    const pictures: Pictures = {};
    for (const pass of clip.passes) {
      const picture = await this.picture(clip, pass, files).catch(() => undefined); // other checks report a damaged pass
      if (picture !== undefined) pictures[pass] = picture;
    }
    return pictures;
  }

  private async picture(clip: Clip, pass: PassName, all: readonly FrozenFile[]): Promise<string | undefined> {
    const signal = AbortSignal.timeout(TIMEOUT);
    const files = passFiles(clip, pass, all);
    const style = this.style(clip, pass, files);
    const source = await this.open(pass, files, clip.root, style, signal);
    const drawing = drawingOf(style, source.shape.format, source.primaries);
    return this.deps.store.inScratch(async (scratch) => {
      for await (const frame of source.read({ signal })) {
        drawing.measure?.(frame);
        const file = path.join(scratch, 'picture.jpg');
        const shape = { ...source.shape, format: drawing.format };
        await writeJpeg(this.deps.tools, file, drawing.draw(frame), shape, { signal, scaledTo: WIDTH });
        return `data:image/jpeg;base64,${(await readFile(file)).toString('base64')}`;
      }
      return undefined;
    });
  }

  private style({ manifest }: Clip, pass: PassName, files: PassFiles): DrawStyle {
    const source = files.kind === 'movie' ? 'movie' : /\.exr$/i.test(files.files[0]?.path ?? '') ? 'exr' : 'image';
    const project = this.deps.config.project[manifest?.project ?? ''] ?? {};
    return drawStyleOf(pass, source, { color: manifest?.color, depth: manifest?.depth, project });
  }

  /** The frame in the middle of a sequence, as renders tend to begin in the dark; the first of a movie. */
  private async open(
    pass: PassName,
    files: PassFiles,
    root: string,
    style: DrawStyle,
    signal: AbortSignal,
  ): Promise<SourceFrames> {
    const { tools } = this.deps;
    const integers = integersFor(style);
    if (files.kind === 'sequence') {
      const middle = files.files.slice(files.files.length >> 1).slice(0, 1);
      const images = { files: middle.map((file) => file.path), root, pass, layer: files.layer, integers };
      return this.deps.pictures.open(images);
    }
    const movie = await probeHeader(tools, files.file.path, signal, root);
    return new MovieFrames(tools, movie, { ...evenSize(movie), format: integers }, 1); // only this frame is shown
  }
}
