/**
 * One flat colour a label. Renderers number their objects (Mantra's Op_Id: 1, 2, 3, ...), and as grey values all
 * those numbers would be one white; Cosmos tells regions apart by colour, which only has to stay the same.
 */
import type { FrameFormat } from '../../media/frames.js';
import type { SourceReport } from './depth.js';
import { floats, ViewDrawer } from './exr-view.js';
import { integers } from './integers.js';

/** Formats that hold one label a pixel; three channels are one label together. */
export type LabelFormat = Exclude<FrameFormat, 'rgb24' | 'gray' | 'gray16le'>;

/**
 * Colours of 0 to 1 may lie a little beyond, because the filter of a renderer overshoots at edges (Mitchell 4 %,
 * Lanczos 10 %); numbers of objects do not.
 */
const OVERSHOOT = 0.2;

/** Brightness that each channel of a label has at least, so that it stands out from nothing. */
const DARKEST = 40;
const LEVELS = 256 - DARKEST;
/** How many colours there are: 2^23.3. */
const COLOURS = LEVELS ** 3;

/** A segmentation pass of numbers, or of colours from 0 to 1 that are meant as they are. */
export class Labels {
  private readonly isUint: boolean;
  private readonly channels: 1 | 3;
  /** Over the whole clip: a label that appears in one frame only must not change what the others mean. */
  private areNumbers: boolean;
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;
  private readonly colours = new ViewDrawer('asIs');

  constructor(format: LabelFormat) {
    this.isUint = format === 'grayu32le' || format === 'gbrpu32le';
    this.channels = format === 'gbrpu32le' || format === 'gbrpf32le' ? 3 : 1;
    this.areNumbers = this.isUint;
  }

  measure(frame: Buffer): void {
    const values = this.values(frame);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      if (!Number.isFinite(value)) continue;
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
    this.areNumbers ||= this.least < -OVERSHOOT || this.most > 1 + OVERSHOOT;
  }

  /** -> rgb24. To be called when every frame was measured. */
  draw(frame: Buffer): Buffer {
    if (!this.areNumbers) return this.channels === 3 ? this.colours.rgb(frame) : tripled(this.colours.gray(frame));
    const values = this.values(frame);
    return this.channels === 3 ? drawTriples(values) : drawSingles(values);
  }

  report(): SourceReport {
    const read = this.most < this.least ? null : { least: this.least, most: this.most };
    return { read, notes: [] };
  }

  private values(frame: Buffer): Uint32Array | Float32Array {
    return this.isUint ? integers(frame) : floats(frame);
  }
}

type Values = Uint32Array | Float32Array;

function drawSingles(values: Values): Buffer {
  const out = Buffer.allocUnsafe(values.length * 3);
  let [label, colour] = [0, 0]; // of the pixel before: labels are areas
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value !== label) [label, colour] = [value, colorOf(value)];
    put(out, 3 * i, colour);
  }
  return out;
}

/** Planes G, B, R. */
function drawTriples(values: Values): Buffer {
  const out = Buffer.allocUnsafe(values.length);
  const pixels = values.length / 3;
  let [red, green, blue, colour] = [0, 0, 0, 0];
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [values[2 * pixels + i] ?? 0, values[i] ?? 0, values[pixels + i] ?? 0];
    if (r !== red || g !== green || b !== blue) {
      [red, green, blue] = [r, g, b];
      colour = colorOfThree(r, g, b);
    }
    put(out, 3 * i, colour);
  }
  return out;
}

/** Three bytes, without the checks of Buffer's own writers, which cost more than the drawing. */
function put(out: Buffer, at: number, colour: number): void {
  out[at] = colour >> 16;
  out[at + 1] = (colour >> 8) & 0xff;
  out[at + 2] = colour & 0xff;
}

function tripled(greys: Buffer): Buffer {
  const out = Buffer.allocUnsafe(greys.length * 3);
  for (let i = 0; i < out.length; i++) out[i] = greys[Math.floor(i / 3)] ?? 0;
  return out;
}

/**
 * 0xRRGGBB from the number alone; nothing (0, nan, infinity) is black. Whole numbers below 10 million never share a
 * colour; beyond, two labels share one by a chance of 1 in 10 million.
 */
export function colorOf(label: number): number {
  if (label === 0 || !Number.isFinite(label)) return 0;
  const isSmall = Number.isInteger(label) && label > 0 && label < COLOURS;
  return colourAt(isSmall ? shuffled(label) : mixed(bitsOf(label)) % COLOURS);
}

/** The same for a label of three numbers; one that is nothing in all three is black. */
export function colorOfThree(red: number, green: number, blue: number): number {
  const all = [red, green, blue].map((value) => (Number.isFinite(value) ? value : 0));
  if (all.every((value) => value === 0)) return 0;
  // 5 and 0xe6546b64 are MurmurHash3's, which joins words in this way: the order of the three matters.
  const joined = all.reduce((hash, value) => (Math.imul(hash ^ mixed(bitsOf(value)), 5) + 0xe6546b64) | 0, 0);
  return colourAt(mixed(joined) % COLOURS);
}

function colourAt(place: number): number {
  const red = DARKEST + Math.floor(place / LEVELS ** 2);
  const green = DARKEST + (Math.floor(place / LEVELS) % LEVELS);
  return (red << 16) | (green << 8) | (DARKEST + (place % LEVELS));
}

const bytes = new DataView(new ArrayBuffer(4));

/** Whole numbers of 32 bits as they are, all others by the bits of the float. */
function bitsOf(label: number): number {
  if (Number.isInteger(label) && label >= 0 && label <= 0xffffffff) return label;
  bytes.setFloat32(0, label);
  return bytes.getUint32(0);
}

/** Neighbouring numbers must not get neighbouring colours: the finalizer of MurmurHash3. */
function mixed(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * The same idea on 24 bits, where each step can be undone: different numbers stay different. What falls outside of the
 * colours goes round again, which ends inside at the latest where it began.
 */
function shuffled(label: number): number {
  let place = label;
  do {
    place = Math.imul(place ^ (place >>> 12), 0xca6b85) & 0xffffff;
    place = Math.imul(place ^ (place >>> 11), 0xae35c3) & 0xffffff;
    place ^= place >>> 12;
  } while (place >= COLOURS);
  return place;
}
