/**
 * Depth as Cosmos expects it: near is bright, like the relative inverse depth of Video Depth Anything that NVIDIA's
 * own pipeline computes and normalises over the whole clip (cosmos-transfer2.5 depth_pipeline.py; the
 * polarity is inferred from that model, to be confirmed with one run). Frame by frame it would flicker.
 * Thresholds, and what they were chosen by: docs/decisions/depth-range.md.
 */
import type { DepthRange, PassMeasure } from '../../../schemas/index.js';
import { CodeTally } from './code-tally.js';
import { grey, middle, share } from './depth-greys.js';
import { backgroundNote, clippedNotes, type End, OUTLYING } from './depth-notes.js';
import { floats } from './exr-view.js';

export interface DepthStyle {
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
/** A clip whose distances differ by less has a single depth: rounding must not become a relief. */
const ONE_DEPTH = 1e-5;
/** The far clipping plane written as background: at least so many of the pixels lie at exactly the largest value ... */
const BACKGROUND_SHARE = 0.01;
/** ... nothing lies between it and a quarter of it ... */
const BACKGROUND_GAP = 4;
/** ... and the rest has more distances than a stack of flat layers, whose last layer would look the same. */
const LAYERS = 16;

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
  /** The largest code that is not a miss, and how many pixels have exactly this code. */
  private largest = 0;
  private atLargest = 0;
  private ends: Ends | undefined;
  /** Value from which on a pixel is a miss. */
  private miss = MISS;
  private readonly notes: string[] = [];

  constructor(private readonly style: DepthStyle) {
    this.isDistance = style.polarity === 'near-dark';
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
    const { ends, tally, style } = this;
    if (ends === undefined || outer === undefined) return { read, notes: this.notes };
    const end = (brightness: 0 | 1, isGiven: boolean): End => {
      const isLow = (brightness === 1) === this.isDistance;
      const limit = isGiven ? brightness : brightness === 1 ? 1 + OUTLYING : -OUTLYING;
      const value = this.valueAt(limit, ends);
      const beyond = value <= 0 ? 0 : isLow ? tally.below(codeOf(value)) : tally.above(codeOf(value));
      return { value, isGiven, beyond, outermost: floatOf(isLow ? outer.low : outer.high) };
    };
    const near = end(1, this.isDistance && style.near !== undefined);
    const far = end(0, this.isDistance && style.far !== undefined);
    return { read, notes: [...this.notes, ...clippedNotes({ near, far }, tally.count)] };
  }

  private brightness(value: number, white: number, black: number): number {
    return this.isDistance ? share(1 / value, 1 / black, 1 / white) : share(value, black, white);
  }

  /** The source's value that has this brightness; beyond infinity it is negative. */
  private valueAt(brightness: number, { white, black }: Ends): number {
    const [from, to] = this.isDistance ? [1 / black, 1 / white] : [black, white];
    const value = from + brightness * (to - from);
    return this.isDistance ? 1 / value : value;
  }

  private nearness(): Ends {
    const { low, high } = middle(this.tally);
    return { black: floatOf(low), white: floatOf(high) };
  }

  /** A given end wins over the measured one, which never lies on its other side. */
  private distances(): Ends {
    const { near, far } = this.style;
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
    const last = tally.lastBin();
    const before = floatOf(last.before);
    if (last.others <= LAYERS || last.count !== atLargest || largest < BACKGROUND_GAP * before) return;
    this.notes.push(backgroundNote(atLargest, tally.count, largest, before));
    this.miss = largest;
    tally.dropLast();
  }
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
