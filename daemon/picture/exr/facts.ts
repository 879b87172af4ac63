/** Facts from the header, the offset tables and the last chunk of an EXR file, without decoding a pixel. */
import type { PassName } from '../../../schemas/index.js';
import type { FileBytes } from '../bytes.js';
import { nameOfPrimaries, primariesOf, toRec709, XYZ } from '../color-space.js';
import { CUT_OFF, type ImageHeader } from '../image.js';
import { PictureError } from '../picture-error.js';
import { type ChosenChannels, chooseChannels, type Wish } from './choose.js';
import { tableOf } from './chunks.js';
import { type Chromaticities, type ExrHeader, type ExrPart, readExrHeader } from './header.js';
import { layersIn } from './layers.js';
import { requireReadable } from './readable.js';

/** @throws PictureError */
export function exrHeader(bytes: FileBytes): Promise<ExrHeader> {
  return readExrHeader((length) => bytes.at(0, length));
}

/**
 * Checks that all chunks of the tables exist. A writer fills the table last, so a zero in it, or a chunk that ends
 * beyond the file, means that the file was cut off.
 * @throws PictureError when a chunk is missing.
 */
export async function requireWhole(bytes: FileBytes, header: ExrHeader): Promise<void> {
  for (const [index, part] of header.parts.entries()) {
    const { at, length } = tableOf(header, index);
    if (at + length > bytes.size) throw new PictureError(CUT_OFF);
    const last = await lastOffset(bytes, at, length);
    // The length of a deep chunk is stored elsewhere, so only its beginning is checked.
    const end = part.deep ? last : await chunkEnd(bytes, last, part, header.multiPart);
    if (end > bytes.size) throw new PictureError(CUT_OFF);
  }
}

/** Bytes of a table that are read at once; it may have hundreds of megabytes. */
const PIECE = 2 ** 20;

async function lastOffset(bytes: FileBytes, from: number, length: number): Promise<number> {
  let last = 0n;
  for (let done = 0; done < length; done += PIECE) {
    const table = await bytes.at(from + done, Math.min(PIECE, length - done));
    for (let at = 0; at + 8 <= table.length; at += 8) {
      const offset = table.readBigUInt64LE(at);
      if (offset === 0n) throw new PictureError(CUT_OFF);
      if (offset > last) last = offset;
    }
  }
  return Number(last);
}

async function chunkEnd(bytes: FileBytes, offset: number, { tiles }: ExrPart, multiPart: boolean): Promise<number> {
  const before = (multiPart ? 4 : 0) + (tiles === null ? 4 : 16); // part number; line, or tile and level
  const head = offset < bytes.size ? await bytes.at(offset, before + 4) : Buffer.alloc(0);
  if (head.length < before + 4) throw new PictureError(CUT_OFF);
  return offset + before + 4 + head.readUInt32LE(before);
}

/** Facts about the whole file. @throws PictureError */
export async function exrImage(bytes: FileBytes): Promise<ImageHeader> {
  const header = await exrHeader(bytes);
  await requireWhole(bytes, header);
  const { width, height } = header.parts[0]?.displayWindow ?? { width: null, height: null };
  const layers = layersIn(header).map(({ name }) => name);
  return { width, height, layers, storage: storageOf(header), problem: null, notes: [] };
}

/** Parts and channels with their types, and what decides whether they can be read. */
function storageOf({ parts }: ExrHeader): string {
  return JSON.stringify(
    parts.map(({ name, view, deep, compression, displayWindow: { width, height }, channels, ...colors }) => {
      const stored = [deep, compression, width, height, colors.chromaticities, colors.colorInteropId];
      return [name, view, ...stored, ...channels.map((one) => `${one.type} ${one.name}`)];
    }),
  );
}

/** One pass of an EXR file, from its header. */
export interface ExrPass {
  readonly choice: ChosenChannels;
  /** Pixels of the display window. */
  readonly width: number;
  readonly height: number;
  /** The primaries that the file names; null = none, which means Rec. 709. */
  readonly primaries: Chromaticities | null;
  /** Each the rest of a sentence that starts with the file's name. */
  readonly notes: readonly string[];
}

/** @throws PictureError that names the layers of the file, and what to do. */
export function exrPass(header: ExrHeader, wish: Wish): ExrPass {
  const choice = chooseChannels(header, wish);
  const part = header.parts[choice.part];
  if (part === undefined) throw new Error('a choice has a part');
  requireReadable(part);
  const { primaries, note } = colorsOf(part, choice, wish.pass);
  const { width, height } = part.displayWindow;
  return { choice, width, height, primaries, notes: note === null ? choice.notes : [...choice.notes, note] };
}

function colorsOf(part: ExrPart, { kind, xyz }: ChosenChannels, pass: PassName) {
  const isColor = kind === 'rgb' && (pass === 'color' || pass === 'vis');
  const stored = xyz ? XYZ : (part.chromaticities ?? named(part.colorInteropId));
  if (!isColor || stored === null) return { primaries: null, note: null };
  if (!spansColors(stored)) {
    return { primaries: null, note: 'names primaries that no light has: it is read as Rec. 709' };
  }
  const known = nameOfPrimaries(stored);
  const note =
    known === undefined ? 'names primaries of no usual colour space: they are converted by their numbers' : null;
  return { primaries: stored, note };
}

function named(id: string | null): Chromaticities | null {
  return id === null ? null : (primariesOf(id) ?? null);
}

function spansColors(primaries: Chromaticities): boolean {
  if (!primaries.every(Number.isFinite) || !((primaries[7] ?? 0) > 0)) return false;
  try {
    return (toRec709(primaries) ?? []).flat().every(Number.isFinite);
  } catch {
    return false; // they lie on one line
  }
}
