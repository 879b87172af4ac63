/** A pass -> an H.264 movie in the content store: streamed, cancellable, cached by content, never half-written. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import pLimit from 'p-limit';
import type { FrozenFile, Media, PassMeasure, PassName, Rational } from '../../../schemas/index.js';
import type { Content, ContentStore } from '../../contents/freeze.js';
import type { Hasher } from '../../contents/hash.js';
import { type Root, requireUnchanged } from '../../contents/signature.js';
import { CosmosError } from '../../errors.js';
import { MovieWriter } from '../../media/frames.js';
import { type ProbedVideo, probeVideo } from '../../media/probe.js';
import type { MediaTools } from '../../media/tools.js';
import type { StateDir } from '../../state-dir.js';
import { type Drawing, type DrawStyle, drawingOf, integersFor } from '../draw/draw-style.js';
import type { PictureReader } from '../picture-reader.js';
import { evenSize, MovieFrames, type SourceFrames } from '../source-frames.js';
import { EncodeCache, type EncodedPass } from './encode-cache.js';
import { requireFaithful, Samples } from './encode-check.js';
import { Meter } from './meter.js';
import { measureMovie } from './movie-measure.js';
import type { PassFiles } from './pass-files.js';

/** Part of the cache key. Raise it whenever the same input would be drawn or encoded differently. */
const ENCODER_VERSION = 2;

export interface EncodeRequest {
  readonly pass: PassName;
  readonly files: PassFiles;
  readonly root: Root;
  /** Of an image sequence; a movie keeps its own. */
  readonly fps: Rational;
  readonly style: DrawStyle;
}

export interface EncoderDeps {
  readonly tools: MediaTools;
  readonly pictures: PictureReader;
  readonly stateDir: StateDir;
  readonly store: ContentStore;
  readonly hasher: Hasher;
  /** CPU priority of ffmpeg: 0 (normal) to 19 (lowest). */
  readonly niceness: number;
}

/** Files that are checked again in parallel. */
const LOOKS = 64;

/** Called with the share of the work that is done, 0 to 1. */
export type OnFraction = (fraction: number) => void;

export class Encoder {
  private readonly cache: EncodeCache;
  /** One encode of a key at a time: the jobs of a sweep want the same movie at the same moment. */
  private readonly turns = new Map<string, ReturnType<typeof pLimit>>();

  constructor(private readonly deps: EncoderDeps) {
    this.cache = new EncodeCache(deps.stateDir, deps.store);
  }

  /**
   * @throws CosmosError clip_changed, encode_failed or media_tool_missing; the signal's reason when it is aborted.
   */
  async encode(request: EncodeRequest, signal: AbortSignal, onFraction: OnFraction): Promise<EncodedPass> {
    const key = keyOf(request, await this.deps.hasher.hashAll(inputsOf(request), request.root, signal));
    const turn = this.turns.get(key) ?? pLimit(1);
    this.turns.set(key, turn);
    try {
      return await turn(async () => (await this.cache.get(key)) ?? (await this.make(key, request, signal, onFraction)));
    } catch (error) {
      signal.throwIfAborted(); // the errors of a killed ffmpeg vary, so the abort reason is thrown
      throw error;
    } finally {
      if (turn.activeCount + turn.pendingCount === 0) this.turns.delete(key);
    }
  }

  /**
   * Measures a movie in the store that needs no encode. The result is stored, so it is measured once.
   * @throws CosmosError encode_failed when not all of it can be decoded.
   */
  async measure(content: Content, media: Media, signal: AbortSignal): Promise<PassMeasure> {
    const key = digest([ENCODER_VERSION, 'as it is', content.sha256]);
    const known = await this.cache.get(key);
    if (known !== undefined) return known.measure;
    const made = await this.measured(content, media, signal);
    await this.cache.put(key, made);
    return made.measure;
  }

  private async make(key: string, request: EncodeRequest, signal: AbortSignal, onFraction: OnFraction) {
    signal.throwIfAborted();
    const made = await this.convert(request, signal, onFraction);
    // Hashing and drawing read the file separately, a movie by its name, so it may have changed in between.
    const limit = pLimit(LOOKS);
    await Promise.all(inputsOf(request).map((file) => limit(() => requireUnchanged(file, request.root))));
    await this.cache.put(key, made);
    return made;
  }

  private async convert(request: EncodeRequest, signal: AbortSignal, onFraction: OnFraction): Promise<EncodedPass> {
    const { files, root, pass, style, fps } = request;
    const { tools, store } = this.deps;
    if (files.kind === 'sequence') {
      const paths = files.files.map((file) => file.path);
      const images = { files: paths, root, pass, layer: files.layer, integers: integersFor(style) };
      return this.draw(request, await this.deps.pictures.open(images), fps, signal, onFraction);
    }
    const info = await probeVideo(tools, files.file.path, signal, root);
    if (isFinished(files.file, info) && isUntouched(style)) {
      return this.measured(await store.freeze(files.file, root, signal), mediaOf(info), signal);
    }
    const shape = { ...evenSize(info), format: integersFor(style) };
    const frames = new MovieFrames(tools, info, shape, info.frames, info.notes);
    return this.draw(request, frames, info.fps, signal, onFraction);
  }

  /** Adds the measures of a movie in the store. Decodes every frame. */
  private async measured(content: Content, media: Media, signal: AbortSignal): Promise<EncodedPass> {
    const { tools, stateDir, niceness } = this.deps;
    const measure = await measureMovie(tools, stateDir.cas(content.sha256), media, { signal, niceness });
    return { ...content, media, measure };
  }

  private draw(
    request: EncodeRequest,
    source: SourceFrames,
    fps: Rational,
    signal: AbortSignal,
    onFraction: OnFraction,
  ) {
    return this.deps.store.inScratch(async (scratch) => {
      const file = path.join(scratch, 'pass.mp4');
      const drawing = drawingOf(request.style, source.shape.format, source.primaries);
      const measure = await this.write(file, { source, drawing, fps }, signal, onFraction);
      const { width, height } = source.shape;
      const content = await this.deps.store.adopt(file, signal);
      const name = path.basename(inputsOf(request)[0]?.path ?? '');
      const notes = [...source.notes.map((note) => `${name} ${note}.`), ...measure.notes];
      return { ...content, media: { frames: source.count, width, height, fps }, measure: { ...measure, notes } };
    });
  }

  private async write(file: string, work: Work, signal: AbortSignal, onFraction: OnFraction): Promise<PassMeasure> {
    const { source, drawing, fps } = work;
    const process = { signal, niceness: this.deps.niceness };
    const readings = drawing.measure === undefined ? 1 : 2;
    const counter = new Counter(source.count, readings, onFraction);
    if (drawing.measure !== undefined) {
      for await (const frame of source.read(process)) counter.add(() => drawing.measure?.(frame));
    }
    const shape = { ...source.shape, format: drawing.format };
    const meter = new Meter(drawing.format === 'gray' ? 1 : 3);
    const samples = new Samples(shape, source.count);
    const writer = new MovieWriter(this.deps.tools, file, { ...shape, fps }, process);
    const transparent = new Set<string>();
    try {
      for await (const frame of source.read({ ...process, onTransparent: (name) => transparent.add(name) })) {
        const drawn = counter.add(() => drawing.draw(frame));
        meter.add(drawn);
        samples.add(drawn);
        await writer.write(drawn);
      }
      counter.requireAll();
      await writer.close();
    } catch (error) {
      await writer.abort();
      throw error;
    }
    await requireFaithful(this.deps.tools, file, samples, process);
    const { read, notes } = drawing.report?.() ?? { read: null, notes: [] };
    return { ...meter.result(), read, notes: [...overBlack(transparent, source.count), ...notes] };
  }
}

function overBlack(transparent: ReadonlySet<string>, count: number): string[] {
  if (transparent.size === 0) return [];
  return [`${transparent.size} of ${count} images have transparency, which is shown over black.`];
}

interface Work {
  readonly source: SourceFrames;
  readonly drawing: Drawing;
  readonly fps: Rational;
}

/** Counts frames over all readings; a reading that ends early would shift every later frame. */
class Counter {
  private done = 0;

  constructor(
    private readonly frames: number,
    private readonly readings: number,
    private readonly onFraction: OnFraction,
  ) {}

  add<T>(work: () => T): T {
    const result = work();
    this.done++;
    this.onFraction(Math.min(1, this.done / (this.frames * this.readings)));
    return result;
  }

  /** @throws CosmosError encode_failed */
  requireAll(): void {
    const wanted = this.frames * this.readings;
    if (this.done === wanted) return;
    const read = Math.max(0, this.done - this.frames * (this.readings - 1));
    throw new CosmosError('encode_failed', `ffmpeg read ${read} of ${this.frames} frames; a file may be damaged.`);
  }
}

function inputsOf({ files }: EncodeRequest): readonly FrozenFile[] {
  return files.kind === 'movie' ? [files.file] : files.files;
}

function keyOf({ files, pass, fps, style }: EncodeRequest, hashes: readonly string[]): string {
  const source =
    files.kind === 'movie' ? { movie: path.extname(files.file.path) } : { layer: files.layer ?? '', pass, fps };
  return digest([ENCODER_VERSION, source, style, hashes]);
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * A movie that needs no encode, because NVIDIA's readers and all players read it alike. A rotation, an edit list or a rate
 * that varies is applied by some readers and ignored by others.
 */
function isFinished(file: FrozenFile, { codec, pixFmt, width, height, ...movie }: ProbedVideo): boolean {
  const even = width % 2 === 0 && height % 2 === 0;
  const plain = movie.constantRate && movie.whole && !movie.turned;
  return /\.mp4$/i.test(file.path) && codec === 'h264' && pixFmt === 'yuv420p' && even && plain;
}

function isUntouched(style: DrawStyle): boolean {
  return style.kind === 'view' && style.view === 'asIs';
}

function mediaOf({ frames, width, height, fps }: ProbedVideo): Media {
  return { frames, width, height, fps };
}
