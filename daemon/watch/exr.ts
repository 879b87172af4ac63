/**
 * OpenEXR: magic, version, one header a part, one offset table a part, chunks ("OpenEXR File Layout" of the
 * OpenEXR documentation). A writer fills the offset table last, so a zero in it, or a chunk that ends beyond the
 * file, is the sign of a file that was cut off.
 */
import type { FileBytes } from './bytes.js';
import { ExrHeaderReader, type ExrPart } from './exr-header.js';
import { brokenImage, CUT_OFF, type ImageHeader } from './image.js';

const MAGIC = 20000630;
/** Bytes read first; headers with long metadata are read again, larger. */
const FIRST_HEAD = 64 * 1024;
const LARGEST_HEAD = 16 * 2 ** 20;
/** Version flags: more than one part, or deep samples. */
const MULTI_PART = 0x1000;
const DEEP = 0x800;

export async function readExr(bytes: FileBytes): Promise<ImageHeader> {
  for (let size = FIRST_HEAD; size <= LARGEST_HEAD; size *= 4) {
    const head = await bytes.at(0, size);
    if (head.length < 8 || head.readUInt32LE(0) !== MAGIC) return brokenImage('is no EXR image');
    const flags = head.readUInt32LE(4);
    const read = new ExrHeaderReader(head, 8).readParts((flags & MULTI_PART) !== 0);
    if (read !== null) return describe(bytes, read.parts, read.end, flags);
    if (head.length < size) break; // the whole file was read and its header still has no end
  }
  return brokenImage(CUT_OFF);
}

async function describe(bytes: FileBytes, parts: readonly ExrPart[], tableAt: number, flags: number) {
  const { width, height } = parts[0] ?? { width: null, height: null };
  const layers = [...new Set(parts.flatMap((part) => part.layers))];
  const whole = await isWhole(bytes, parts, tableAt, flags);
  return { width, height, layers, problem: whole ? null : CUT_OFF };
}

async function isWhole(bytes: FileBytes, parts: readonly ExrPart[], tableAt: number, flags: number) {
  const chunks = parts.reduce((sum, part) => sum + part.chunks, 0);
  const table = await bytes.at(tableAt, chunks * 8);
  if (table.length < chunks * 8) return false;
  let last = 0n;
  for (let at = 0; at < table.length; at += 8) {
    const offset = table.readBigUInt64LE(at);
    if (offset === 0n) return false;
    if (offset > last) last = offset;
  }
  return (await chunkEnd(bytes, Number(last), parts, flags)) <= bytes.size;
}

/** Byte after the chunk at `offset`. The lengths of deep chunks are not read: their start is inside, or not. */
async function chunkEnd(bytes: FileBytes, offset: number, parts: readonly ExrPart[], flags: number): Promise<number> {
  if ((flags & DEEP) !== 0) return offset;
  const tiled = parts.some((part) => part.tiled);
  const before = ((flags & MULTI_PART) !== 0 ? 4 : 0) + (tiled ? 16 : 4); // part number; tile coordinates or line
  const head = await bytes.at(offset, before + 4);
  return head.length < before + 4 ? Number.POSITIVE_INFINITY : offset + before + 4 + head.readUInt32LE(before);
}
