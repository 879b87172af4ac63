/**
 * Whether an OpenEXR file is whole. After the headers comes one offset table a part, then the chunks ("OpenEXR File
 * Layout" of the OpenEXR documentation). A writer fills the offset table last, so a zero in it, or a chunk that ends
 * beyond the file, is the sign of a file that was cut off.
 */
import { type ExrHeader, readExrHeader } from '../media/exr-header.js';
import type { FileBytes } from '../picture/bytes.js';
import { brokenImage, CUT_OFF, type ImageHeader } from '../picture/image.js';

export async function readExr(bytes: FileBytes): Promise<ImageHeader> {
  const header = await readExrHeader((length) => bytes.at(0, length));
  switch (header) {
    case 'foreign':
      return brokenImage('is no EXR image');
    case 'cut off':
      return brokenImage(CUT_OFF);
    default:
      return describe(bytes, header);
  }
}

async function describe(bytes: FileBytes, header: ExrHeader): Promise<ImageHeader> {
  const { width, height } = header.parts[0] ?? { width: null, height: null };
  const layers = new Set(header.parts.flatMap(({ channels }) => channels.map(({ layer }) => layer)));
  const problem = (await isWhole(bytes, header)) ? null : CUT_OFF;
  return { width, height, layers: [...layers], problem, notes: [] };
}

async function isWhole(bytes: FileBytes, header: ExrHeader): Promise<boolean> {
  const chunks = header.parts.reduce((sum, part) => sum + part.chunks, 0);
  const table = await bytes.at(header.end, chunks * 8);
  if (table.length < chunks * 8) return false;
  let last = 0n;
  for (let at = 0; at < table.length; at += 8) {
    const offset = table.readBigUInt64LE(at);
    if (offset === 0n) return false;
    if (offset > last) last = offset;
  }
  return (await chunkEnd(bytes, Number(last), header)) <= bytes.size;
}

/** Byte after the chunk at `offset`. The lengths of deep chunks are not read: their start is inside, or not. */
async function chunkEnd(bytes: FileBytes, offset: number, { parts, multiPart, deep }: ExrHeader): Promise<number> {
  if (deep) return offset;
  const tiled = parts.some((part) => part.tiled);
  const before = (multiPart ? 4 : 0) + (tiled ? 16 : 4); // part number; tile coordinates or line
  const head = await bytes.at(offset, before + 4);
  return head.length < before + 4 ? Number.POSITIVE_INFINITY : offset + before + 4 + head.readUInt32LE(before);
}
