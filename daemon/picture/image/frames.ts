/** Image files -> raw frames, in the order of the files, decoded by ffmpeg and converted by us. */
import path from 'node:path';
import pLimit from 'p-limit';
import { CosmosError } from '../../errors.js';
import type { Size } from '../../media/exact-size.js';
import { decodeFrames, type FrameShape } from '../../media/frames.js';
import type { MediaTools } from '../../media/tools.js';
import type { ProcessOptions } from '../../process.js';
import { type Coding, uprightSize } from './coding.js';
import { convert } from './convert.js';
import { readImageHeader } from './headers.js';
import { packetInput, packetsOf } from './packets.js';
import { upright } from './turn.js';

/** Headers read at the same time. */
const OPEN_FILES = 16;
/** ffmpeg's scaler where it has to convert by itself (CMYK, unusual sampling): exact, and chrominance for every pixel. */
const CAREFUL = 'scale=flags=accurate_rnd+full_chroma_int';

export interface ImageShape extends FrameShape {
  readonly format: 'rgb24' | 'gray16le';
}

export interface ImageOptions extends ProcessOptions {
  /** Called for every file with a pixel that is not fully opaque; such pixels are shown over black. */
  readonly onTransparent?: (file: string) => void;
}

export interface ImageFiles {
  /** In frame order. */
  readonly files: readonly string[];
  /** Folder below which they must lie, links resolved; null = anywhere. */
  readonly root: string | null;
}

/** Files in a row that one ffmpeg can read. */
interface Run {
  readonly files: string[];
  readonly coding: Coding;
}

/**
 * Size of the upright picture.
 * @throws CosmosError encode_failed with the problem of its header.
 */
export async function imageSize(file: string, root: string | null = null): Promise<Size> {
  return uprightSize(await codingOf(file, root));
}

/**
 * One frame a file.
 * @param shape width and height may be less than those of the pictures: what is beyond is cut off.
 * @throws CosmosError encode_failed naming the file that cannot be read or has another size than the first.
 */
export async function* readImages(
  tools: MediaTools,
  images: ImageFiles,
  shape: ImageShape,
  options: ImageOptions = {},
): AsyncGenerator<Buffer> {
  for (const run of await runsOf(images)) yield* readRun(tools, run, images.root, shape, options);
}

async function* readRun(
  tools: MediaTools,
  { files, coding }: Run,
  root: string | null,
  shape: ImageShape,
  options: ImageOptions,
) {
  const { onTransparent, ...process } = options;
  const raw = { ...coding.stored, format: coding.format };
  const input = ['-noautorotate', ...packetInput(coding.decoder)];
  const filter = coding.decoder === 'mjpeg' && coding.format === 'rgb24' ? CAREFUL : undefined;
  const what = files.length === 1 ? path.basename(files[0] ?? '') : 'An image';
  const feed = packetsOf(files, root);
  let count = 0;
  for await (const frame of decodeFrames(tools, input, raw, { ...process, filter, feed, most: files.length, what })) {
    const { pixels, transparent } = convert(frame, coding, shape.format);
    if (transparent) onTransparent?.(files[count] ?? '');
    count++;
    yield upright(pixels, coding, shape.format === 'rgb24' ? 3 : 2, shape);
  }
  if (count < files.length) throw unread(files[count] ?? '', 'cannot be decoded; a part of it may be damaged');
}

/** @throws CosmosError encode_failed for the first file, in the order of the files, that does not fit. */
async function runsOf({ files, root }: ImageFiles): Promise<Run[]> {
  const limit = pLimit(OPEN_FILES);
  const codings = await Promise.all(files.map((file) => limit(() => codingOf(file, root))));
  const runs: Run[] = [];
  for (const [i, coding] of codings.entries()) {
    const file = files[i] ?? '';
    const [first = coding] = codings;
    requireSize(file, uprightSize(coding), files[0] ?? '', uprightSize(first));
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.coding) === JSON.stringify(coding)) last.files.push(file);
    else runs.push({ files: [file], coding });
  }
  return runs;
}

async function codingOf(file: string, root: string | null): Promise<Coding> {
  const { coding, problem } = await readImageHeader(file, root);
  if (coding === null) throw unread(file, problem ?? 'cannot be read');
  return coding;
}

function requireSize(file: string, size: Size, first: string, usual: Size): void {
  if (size.width === usual.width && size.height === usual.height) return;
  const sizes = `${size.width}x${size.height} pixels, ${path.basename(first)} ${usual.width}x${usual.height}`;
  throw unread(file, `has ${sizes}`);
}

function unread(file: string, what: string): CosmosError {
  return new CosmosError('encode_failed', `${path.basename(file)} ${what}.`, { file });
}
