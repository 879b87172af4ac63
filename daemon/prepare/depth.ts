/**
 * Depth as Cosmos expects it: near is bright, like the relative inverse depth of Video Depth Anything that NVIDIA's
 * own pipeline computes and normalises over the whole clip (cosmos-transfer2.5 depth_pipeline.py; facts/houdini:
 * polarity inferred from that model, to be confirmed with one run). Frame by frame it would flicker.
 * Thresholds, and what they were chosen by: docs/decisions/depth-range.md.
 */
import type { DepthRange, PassMeasure } from '../../schemas/index.js';
import { CodeTally } from './code-tally.js';
import { backgroundNote, clippedNotes, type End } from './depth-notes.js';
import { floats } from './exr-view.js';

export interface DepthLook {
  readonly polarity: DepthRange['polarity'];
  /** Scene distances that are shown as white and black; absent = measured over the clip. */
  readonly near: number | undefined;
  readonly far: number | undefined;
}

/** What the source held, in its own numbers. */
export type SourceReport = Pick<PassMeasure, 'read' | 'notes'>;

export interface DepthFormat {
  /** Counts the values of the pass, in one frame after the other. */
  measure(frame: Buffer): void;
  /** To be called when every frame was measured. */
  draw(frame: Buffer): Buffer;
  /** Complete when a frame was drawn. */
  report(): SourceReport;
}

/** Renderers write 0, infinity, nan or a huge number where the camera saw nothing. */
const MISS = 1e9;
/** Of the pixels that saw something, so many at each end may be clipped to white and to black. */
const OUTSIDE = 0.001;
/** A clip whose distances differ by less has a single depth: rounding must not become a relief. */
const ONE_DEPTH = 1e-5;
/** The far clipping plane written as background: at least so many of the pixels lie at exactly the largest value ... */
const BACKGROUND_SHARE = 0.01;
/** ... and nothing lies between it and a quarter of it. */
const BACKGROUND_GAP = 4;

/** A positive float without its sign is 31 bits, of which the last 13 are rounded off: bins of 0.1 % (2^-10). */
const FLOAT_BITS = 31;
const FLOAT_SHIFT = 13;
const INFINITE = 0x7f800000;
const bits = new DataView(new ArrayBuffer(4));
const MISS_CODE = codeOf(MISS);

/** The values of the source that are drawn white and black. */
interface Ends {
  readonly white: number;
  readonly black: number;
}

/**
 * Float depth holds distances in scene units. The brightness goes with 1/distance (disparity); misses are drawn far.
 * The sign is ignored: camera space looks along -z in some renderers. A source that stores nearness already keeps its
 * curve; near and far are distances and do not apply to it.
 */
export class FloatDepth implements DepthFormat {
  private readonly tally = new CodeTally(FLOAT_BITS, FLOAT_SHIFT);
  private readonly isDistance: boolean;
  /** Codes of the smallest and largest finite value, misses among them. */
  private least = INFINITE;
  private most = -1;
  /** The largest code that is no miss, and how many pixels have exactly it. */
  private largest = 0;
  private atLargest = 0;
  private ends: Ends | undefined;
  /** Value from which on a pixel is a miss. */
  private miss = MISS;
  private readonly notes: string[] = [];

  constructor(private readonly look: DepthLook) {
    this.isDistance = look.polarity === 'near-dark';
  }

  measure(frame: Buffer): void {
    const values = floats(frame);
    const codes = new Uint32Array(values.buffer, values.byteOffset, values.length);
    for (let i = 0; i < codes.length; i++) {
      const code = (codes[i] ?? 0) & 0x7fffffff;
      if (code >= INFINITE) continue; // infinite, or no number
      if (code < this.least) this.least = code;
      if (code > this.most) this.most = code;
      if (code > 0 && code < MISS_CODE) this.count(code);
    }
  }

  private count(code: number): void {
    this.tally.add(code);
    if (code > this.largest) {
      this.largest = code;
      this.atLargest = 0;
    }
    if (code === this.largest) this.atLargest++;
  }

  draw(frame: Buffer): Buffer {
    this.ends ??= this.isDistance ? this.distances() : this.nearness();
    const { white, black } = this.ends;
    const values = floats(frame);
    const out = Buffer.allocUnsafe(values.length);
    for (let i = 0; i < values.length; i++) {
      const value = Math.abs(values[i] ?? 0);
      out[i] = value > 0 && value < this.miss ? grey(this.brightness(value, white, black)) : 0;
    }
    return out;
  }

  report(): SourceReport {
    const read = this.most < 0 ? null : { least: floatOf(this.least), most: floatOf(this.most) };
    const outer = this.tally.between(0);
    const { ends, tally, look } = this;
    if (ends === undefined || outer === undefined) return { read, notes: this.notes };
    const end = (value: number, isGiven: boolean, isLow: boolean): End => {
      const outermost = floatOf(isLow ? outer.low : outer.high);
      const beyond = isLow ? tally.below(codeOf(value)) : tally.above(codeOf(value));
      const bright = this.brightness(outermost, ends.white, ends.black);
      return { value, isGiven, beyond, outermost, excess: Math.max(bright - 1, -bright) };
    };
    const near = end(ends.white, this.isDistance && look.near !== undefined, this.isDistance);
    const far = end(ends.black, this.isDistance && look.far !== undefined, !this.isDistance);
    return { read, notes: [...this.notes, ...clippedNotes({ near, far }, tally.count)] };
  }

  private brightness(value: number, white: number, black: number): number {
    return this.isDistance ? share(1 / value, 1 / black, 1 / white) : share(value, black, white);
  }

  private nearness(): Ends {
    const { low, high } = middle(this.tally);
    return { black: floatOf(low), white: floatOf(high) };
  }

  /** A given end wins over the measured one, which never lies on its other side. */
  private distances(): Ends {
    const { near, far } = this.look;
    if (far === undefined) this.leaveOutBackground();
    const { low, high } = middle(this.tally);
    const white = near ?? Math.min(floatOf(low), far ?? MISS);
    const black = far ?? Math.max(floatOf(high), white);
    const isOne = black >= white && black / white - 1 < ONE_DEPTH;
    return { white: isOne ? black : white, black };
  }

  /**
   * Renderers that write no infinity have the camera's far clipping distance where it saw nothing. As a distance it
   * would take greys away from the scene, which lies much nearer.
   */
  private leaveOutBackground(): void {
    const { tally, atLargest } = this;
    const largest = floatOf(this.largest);
    if (atLargest < BACKGROUND_SHARE * tally.count) return;
    const { code, inLast } = tally.beforeLast();
    const before = code === undefined ? undefined : floatOf(code);
    if (before === undefined || inLast !== atLargest || largest < BACKGROUND_GAP * before) return;
    this.notes.push(backgroundNote(atLargest, tally.count, largest, before));
    this.miss = largest;
    tally.dropLast();
  }
}

/**
 * Depth in integers was normalised by whoever exported it: its curve is kept and only stretched over the clip.
 * Known near and far mean that black and white of the file are those distances, the same in every clip: no stretch.
 * There are no misses, because 0 is the nearest point as well.
 */
export class IntegerDepth implements DepthFormat {
  private readonly tally = new CodeTally(16, 0);
  private table: Uint8Array | undefined;

  constructor(private readonly look: DepthLook) {}

  measure(frame: Buffer): void {
    for (const value of words(frame)) this.tally.add(value);
  }

  draw(frame: Buffer): Buffer {
    this.table ??= this.greys();
    const values = words(frame);
    const out = Buffer.allocUnsafe(values.length);
    for (let i = 0; i < values.length; i++) out[i] = this.table[values[i] ?? 0] ?? 0;
    return out;
  }

  report(): SourceReport {
    const { tally } = this;
    const outer = tally.between(0);
    if (outer === undefined) return { read: null, notes: [] };
    const { low, high } = this.range();
    const scale = Math.max(1, high - low);
    const beyondLow = { beyond: tally.below(low), outermost: outer.low, excess: (low - outer.low) / scale };
    const beyondHigh = { beyond: tally.above(high), outermost: outer.high, excess: (outer.high - high) / scale };
    const bottom = { value: low, isGiven: false, ...beyondLow };
    const top = { value: high, isGiven: false, ...beyondHigh };
    const ends = this.look.polarity === 'near-dark' ? { near: bottom, far: top } : { near: top, far: bottom };
    return { read: { least: outer.low, most: outer.high }, notes: clippedNotes(ends, tally.count) };
  }

  private range(): { readonly low: number; readonly high: number } {
    const isFixed = this.look.near !== undefined && this.look.far !== undefined;
    return isFixed ? { low: 0, high: 65_535 } : middle(this.tally);
  }

  private greys(): Uint8Array {
    const { low, high } = this.range();
    const [black, white] = this.look.polarity === 'near-dark' ? [high, low] : [low, high];
    return Uint8Array.from({ length: 65_536 }, (_, value) => grey(share(value, black, white)));
  }
}

/**
 * The codes that become the ends of the greys: all values but the outermost 0.1 % at each side. Where nothing is left
 * between them, the few values outside are all there is to see, and they are kept.
 */
function middle(tally: CodeTally): { readonly low: number; readonly high: number } {
  const most = tally.between(Math.floor(tally.count * OUTSIDE));
  const kept = most !== undefined && most.low < most.high ? most : tally.between(0);
  return kept ?? { low: 0, high: 0 };
}

/** Where `value` lies between black (0) and white (1); all white where the clip has a single depth. */
function share(value: number, black: number, white: number): number {
  return black === white ? 1 : (value - black) / (white - black);
}

function grey(brightness: number): number {
  return Math.round(Math.min(1, Math.max(0, brightness)) * 255);
}

/** The bits of a float; they rise with it as long as it is positive. */
function codeOf(value: number): number {
  bits.setFloat32(0, value);
  return bits.getUint32(0);
}

function floatOf(code: number): number {
  bits.setUint32(0, code);
  return bits.getFloat32(0);
}

/** gray16le as numbers; copied only where the bytes are not aligned. */
function words(frame: Buffer): Uint16Array {
  const aligned = frame.byteOffset % 2 === 0 ? frame : Buffer.from(new Uint8Array(frame).buffer);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
}
