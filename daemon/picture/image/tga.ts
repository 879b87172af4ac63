/** TGA: a header of 18 bytes without a mark, then a name, a palette and the pixels (Truevision TGA 2.0). */
import type { DecodedFormat } from '../../media/frames.js';
import type { FileBytes } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { type CodedImage, type Coding, codedImage, unreadImage } from './coding.js';

const HEAD = 18;
const FOOT = 26;
const SIGNATURE = 'TRUEVISION-XFILE.\0';
/** Place of the kind of alpha in the extension area; 4 = colours are multiplied already. */
const ALPHA_KIND = 494;
const ASSOCIATED = 4;
/** Bytes of a run-length encoded file that are walked at once. */
const PIECE = 256 * 1024;

interface Tga {
  /** 1 = palette, 2 = colour, 3 = grey. */
  readonly kind: 1 | 2 | 3;
  readonly runs: boolean;
  readonly width: number;
  readonly height: number;
  /** Bits of one pixel. */
  readonly bits: number;
  readonly palette: { readonly first: number; readonly entries: number; readonly bits: number } | null;
  /** Lines are interleaved; current programs do not write such files. */
  readonly interleaved: boolean;
  /** Byte at which the pixels begin. */
  readonly at: number;
}

export async function readTga(bytes: FileBytes): Promise<CodedImage> {
  const head = await bytes.at(0, HEAD);
  if (head.length < HEAD) return unreadImage(CUT_OFF);
  const tga = parse(head);
  if (tga === null) return unreadImage('is no TGA image');
  const { width, height, bits } = tga;
  const coding: Coding = {
    decoder: 'targa',
    stored: { width, height },
    format: formatOf(tga),
    alpha: bits === 32 ? await alphaKind(bytes) : 'none',
    orientation: 1, // the decoder honours the origin
  };
  return codedImage(coding, { problem: (await isWhole(bytes, tga)) ? refusal(tga) : CUT_OFF });
}

/** null for bytes that cannot be a TGA, which has no mark at its beginning. */
function parse(head: Buffer): Tga | null {
  const [name = 0, paletteKind = 0, type = 0] = head;
  const [bits = 0, descriptor = 0] = head.subarray(16, 18);
  const kind = type & 7;
  const known = [1, 2, 3, 9, 10, 11].includes(type) && paletteKind <= 1 && [8, 15, 16, 24, 32].includes(bits);
  if (!known || (kind !== 1 && kind !== 2 && kind !== 3) || (kind === 1) !== (paletteKind === 1 && bits === 8))
    return null;
  const entries = head.readUInt16LE(5);
  const palette = paletteKind === 0 ? null : { first: head.readUInt16LE(3), entries, bits: head.readUInt8(7) };
  return {
    kind,
    runs: type >= 9,
    width: head.readUInt16LE(12),
    height: head.readUInt16LE(14),
    bits,
    palette,
    interleaved: (descriptor & 0xc0) !== 0,
    at: HEAD + name + (palette === null ? 0 : palette.entries * Math.ceil(palette.bits / 8)),
  };
}

function formatOf({ kind, bits }: Tga): DecodedFormat {
  if (kind === 3) return 'gray';
  return bits === 32 ? 'rgba' : 'rgb24';
}

/** Without an extension area alpha is straight. */
async function alphaKind(bytes: FileBytes): Promise<Coding['alpha']> {
  const foot = await bytes.tail(FOOT);
  if (foot.toString('latin1', 8) !== SIGNATURE) return 'straight';
  const extension = foot.readUInt32LE(0);
  const [kind] = extension === 0 ? [] : await bytes.at(extension + ALPHA_KIND, 1);
  return kind === ASSOCIATED ? 'associated' : 'straight';
}

/** Problems of files that ffmpeg would read wrongly. */
function refusal({ kind, bits, palette, interleaved }: Tga): string | null {
  const instead = 'export 24 or 32 bits';
  if (interleaved) return `is an interleaved TGA, which is not read; ${instead}`;
  if (kind === 3 && bits !== 8) return `is a grey TGA of ${bits} bits, which is not read; ${instead}`;
  if (kind === 2 && bits === 8) return `is a colour TGA of 8 bits, which is not read; ${instead}`;
  if (palette !== null && (palette.bits !== 24 || palette.first !== 0)) {
    return `is a TGA with a palette of ${palette.bits} bits from ${palette.first}, which is not read; ${instead}`;
  }
  return null;
}

async function isWhole(bytes: FileBytes, tga: Tga): Promise<boolean> {
  const { runs, at, width, height, bits } = tga;
  const pixel = Math.ceil(bits / 8);
  return runs ? holdsRuns(bytes, at, width * height, pixel) : at + width * height * pixel <= bytes.size;
}

/** Walks the packets to find a cut-off file: a decoder fills missing pixels with black without an error. */
async function holdsRuns(bytes: FileBytes, from: number, pixels: number, pixel: number): Promise<boolean> {
  let left = pixels;
  for (let at = from; left > 0; ) {
    const piece = await bytes.at(at, PIECE);
    if (piece.length === 0) return false;
    let next = 0;
    while (next < piece.length && left > 0) {
      const packet = piece[next] ?? 0;
      const count = (packet & 0x7f) + 1;
      next += 1 + (packet >= 0x80 ? pixel : count * pixel);
      left -= count;
    }
    at += next;
    if (at > bytes.size) return false;
  }
  return true;
}
