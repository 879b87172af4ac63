/** PNG: IHDR gives the size, IEND is the last chunk (PNG specification, 5.2, 11.2.2 and 11.2.5). */
import type { DecodedFormat } from '../../media/frames.js';
import type { FileBytes } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { type CodedImage, type Coding, codedImage, unreadImage } from './coding.js';

/** Length 0, "IEND", and the CRC that this always has. */
const IEND = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
/** Signature and the IHDR chunk. */
const HEAD = 33;
/** Chunks before the pixels that are looked through: profiles, texts and times are a handful. */
const MOST_CHUNKS = 1000;

const GREY = 0;
const RGB = 2;
const PALETTE = 3;
const GREY_ALPHA = 4;
const RGB_ALPHA = 6;
/** Colour type -> the depths it may have (PNG specification, table 11.1). */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  [GREY]: [1, 2, 4, 8, 16],
  [RGB]: [8, 16],
  [PALETTE]: [1, 2, 4, 8],
  [GREY_ALPHA]: [8, 16],
  [RGB_ALPHA]: [8, 16],
};

export async function readPng(bytes: FileBytes): Promise<CodedImage> {
  const head = await bytes.at(0, HEAD);
  if (head.length < HEAD) return unreadImage(CUT_OFF);
  const stored = { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  const [depth = 0, type = 0] = head.subarray(24, 26);
  if (DEPTHS[type]?.includes(depth) !== true)
    return unreadImage(`is a PNG of an unknown kind (${type}, ${depth} bits)`);
  const chunks = await chunksBefore(bytes);
  const transparent = chunks.has('tRNS') || type === GREY_ALPHA || type === RGB_ALPHA;
  const coding: Coding = {
    decoder: 'png',
    stored,
    format: formatOf(type, depth, transparent),
    alpha: transparent ? 'straight' : 'none',
    orientation: 1,
  };
  const whole = chunks.has('IDAT') && (await bytes.tail(IEND.length)).equals(IEND);
  return codedImage(coding, { problem: whole ? refusal(type, depth, chunks) : CUT_OFF });
}

function formatOf(type: number, depth: number, transparent: boolean): DecodedFormat {
  if (transparent) return depth === 16 ? 'rgba64le' : 'rgba';
  if (type === GREY) return depth === 16 ? 'gray16le' : 'gray';
  return depth === 16 ? 'rgb48le' : 'rgb24';
}

/** Problems of files that ffmpeg would read wrongly. */
function refusal(type: number, depth: number, chunks: ReadonlySet<string>): string | null {
  if (chunks.has('acTL')) return 'is an animated PNG; export one picture a frame';
  if (type === GREY && depth < 8 && chunks.has('tRNS')) {
    return `is a grey PNG of ${depth} bits with a transparent grey, which is not read; export 8 bits or an alpha channel`;
  }
  return null;
}

/** Names of the chunks up to the first of the pixels: length, name, content, 4 bytes of CRC. */
async function chunksBefore(bytes: FileBytes): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (let at = 8; names.size < MOST_CHUNKS; ) {
    const chunk = await bytes.at(at, 8);
    if (chunk.length < 8) break;
    const name = chunk.toString('latin1', 4);
    names.add(name);
    if (name === 'IDAT') break;
    at += 12 + chunk.readUInt32BE(0);
  }
  return names;
}
