/** DPX: one header of fixed places, then the pixels (SMPTE 268M-2003). */
import type { Size } from '../../media/exact-size.js';
import type { DecodedFormat } from '../../media/frames.js';
import type { FileBytes } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { type CodedImage, type Coding, codedImage, unreadImage } from './coding.js';

/** Generic file and image headers up to the end of the first image element. */
const HEAD = 852;
const LUMA = 6;
const RGB = 50;
const RGBA = 51;
const CHANNELS: Readonly<Record<number, number>> = { [LUMA]: 1, [RGB]: 3, [RGBA]: 4 };
/** Packing: values without a gap, or filled up to words in one of two ways. */
const PACKED = 0;
const METHOD_A = 1;
/** Transfer characteristics (table 5A): what the values mean. */
const LOGARITHMIC = [1, 3, 13];
const LINEAR = [2, 11, 12];
const UNSAID = [0, 255];

interface Element {
  readonly descriptor: number;
  readonly transfer: number;
  readonly bits: number;
  readonly packing: number;
  readonly encoding: number;
  /** Byte at which the pixels begin. */
  readonly offset: number;
}

export async function readDpx(bytes: FileBytes): Promise<CodedImage> {
  const head = await bytes.at(0, HEAD);
  if (head.length < HEAD) return unreadImage(CUT_OFF);
  const big = head.toString('latin1', 0, 4) === 'SDPX';
  const short = (at: number) => (big ? head.readUInt16BE(at) : head.readUInt16LE(at));
  const long = (at: number) => (big ? head.readUInt32BE(at) : head.readUInt32LE(at));
  const stored = { width: long(772), height: long(776) };
  const [descriptor = 0, transfer = 0, , bits = 0] = head.subarray(800, 804);
  const element = { descriptor, transfer, bits, packing: short(804), encoding: short(806), offset: long(808) };
  const refused = layoutRefusal(element, short(768), short(770)) ?? transferRefusal(transfer);
  const coding: Coding = {
    decoder: 'dpx',
    stored,
    format: formatOf(element),
    alpha: descriptor === RGBA ? 'associated' : 'none', // as OpenImageIO takes it
    orientation: 1,
  };
  const end = Math.max(promised(long(16)), element.offset + leastBytes(element, stored));
  const notes = UNSAID.includes(transfer) ? ['does not say what its values mean: they are shown as they are'] : [];
  return codedImage(coding, { problem: refused ?? (end > bytes.size ? CUT_OFF : null), notes });
}

/** All ones = the writer did not know. */
function promised(fileSize: number): number {
  return fileSize === 0xffffffff ? 0 : fileSize;
}

/** Padding at the end of lines comes on top. */
function leastBytes({ descriptor, bits, packing }: Element, { width, height }: Size): number {
  const values = width * height * (CHANNELS[descriptor] ?? 0);
  if (bits === 10) return (values / 3) * 4;
  return values * (packing === PACKED ? bits / 8 : Math.ceil(bits / 8));
}

function formatOf({ descriptor, bits }: Element): DecodedFormat {
  if (descriptor === LUMA) return bits === 8 ? 'gray' : 'gray16le';
  if (descriptor === RGBA) return bits === 8 ? 'rgba' : 'rgba64le';
  return bits === 8 ? 'rgb24' : 'rgb48le';
}

/** Problems of files that ffmpeg would read wrongly or not at all. */
function layoutRefusal(element: Element, orientation: number, elements: number): string | null {
  const { descriptor, bits, packing, encoding } = element;
  const instead = 'export RGB of 8, 10 (filled), 12 or 16 bits';
  if (CHANNELS[descriptor] === undefined) return `is a DPX of other channels than RGB, RGBA or luminance; ${instead}`;
  if (elements !== 1) return `is a DPX of ${elements} image elements, of which none is read; ${instead}`;
  if (orientation !== 0) return 'is a DPX that is not stored from top left to bottom right; export it so';
  if (encoding !== 0) return 'is a run-length encoded DPX, which is not read; export it without';
  if (![8, 10, 12, 16].includes(bits)) return `is a DPX of ${bits} bits, which is not read; ${instead}`;
  if (bits === 10 && descriptor !== RGB) return `is a DPX of 10 bits that is not RGB, which is not read; ${instead}`;
  if (bits === 10 && packing === PACKED) return `is a packed DPX of 10 bits, which is not read; ${instead}`;
  if (bits === 12 && packing > METHOD_A) return `is a DPX of 12 bits filled by method B, which is not read; ${instead}`;
  return null;
}

/** Film densities and linear light are not display values, and the file does not say which view to use. */
function transferRefusal(transfer: number): string | null {
  const instead = 'export display values (transfer "ITU-R 709"), or linear light as EXR';
  if (LOGARITHMIC.includes(transfer))
    return `is a DPX of logarithmic values (film density), which are not shown; ${instead}`;
  return LINEAR.includes(transfer) ? `is a DPX that says its values are linear, which are not shown; ${instead}` : null;
}
