/** WebP: a RIFF of chunks, lossy (VP8), lossless (VP8L) or extended (RFC 9649, 2.3 to 2.7; RFC 6386, 9.1). */
import type { FileBytes } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { type CodedImage, type Coding, codedImage, type Orientation, unreadImage } from './coding.js';
import { exifOrientation } from './exif.js';

const MOST_CHUNKS = 100;
const ANIMATION = 0x02;
/** Bytes of an EXIF chunk that are read; its directory lies at its beginning. */
const EXIF = 64 * 1024;

interface Chunks {
  readonly names: ReadonlySet<string>;
  readonly flags: number;
  readonly size: { readonly width: number; readonly height: number } | null;
  readonly orientation: Orientation;
}

export async function readWebp(bytes: FileBytes): Promise<CodedImage> {
  const head = await bytes.at(0, 12);
  if (head.length < 12) return unreadImage(CUT_OFF);
  const { names, flags, size, orientation } = await readChunks(bytes);
  if ((flags & ANIMATION) !== 0) return unreadImage('is an animated WebP; export one picture a frame');
  if (size === null) return unreadImage(CUT_OFF);
  const lossless = names.has('VP8L');
  const alpha = lossless || names.has('ALPH');
  const coding: Coding = {
    decoder: 'webp',
    stored: size,
    format: lossless ? 'rgba' : alpha ? 'yuva420p' : 'yuv420p',
    alpha: alpha ? 'straight' : 'none',
    orientation,
  };
  return codedImage(coding, { problem: head.readUInt32LE(4) + 8 <= bytes.size ? null : CUT_OFF });
}

/** A chunk is its name, its length, its content, and a byte more where the length is odd. */
async function readChunks(bytes: FileBytes): Promise<Chunks> {
  const names = new Set<string>();
  let flags = 0;
  let size: Chunks['size'] = null;
  let orientation: Orientation = 1;
  let at = 12;
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await bytes.at(at, 8);
    if (head.length < 8) break;
    const [name, length] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)];
    const content = (most: number) => bytes.at(at + 8, Math.min(most, length));
    names.add(name);
    if (name === 'VP8X') flags = (await content(1))[0] ?? 0;
    if (name === 'VP8 ') size = lossySize(await content(10));
    if (name === 'VP8L') size = losslessSize(await content(5));
    if (name === 'EXIF') orientation = exifOrientation(withoutPrefix(await content(EXIF)));
    at += 8 + length + (length % 2);
  }
  return { names, flags, size, orientation };
}

/** Some writers put the prefix of JPEG's segment before the directory. */
function withoutPrefix(exif: Buffer): Buffer {
  return exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif;
}

/** Three bytes of frame tag, three of start code, then 14 bits each. */
function lossySize(content: Buffer): Chunks['size'] {
  if (content.length < 10) return null;
  return { width: content.readUInt16LE(6) & 0x3fff, height: content.readUInt16LE(8) & 0x3fff };
}

/** A signature byte, then 14 bits each, less one. */
function losslessSize(content: Buffer): Chunks['size'] {
  if (content.length < 5) return null;
  const bits = content.readUInt32LE(1);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}
