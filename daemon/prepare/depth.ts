/**
 * Depth as Cosmos expects it: near is bright, like the relative inverse depth of Video Depth Anything that NVIDIA's
 * own pipeline computes and normalises over the whole clip (cosmos-transfer2.5 depth_pipeline.py; facts/houdini:
 * polarity inferred from that model, to be confirmed with one run). Frame by frame it would flicker.
 */
import type { DepthRange } from '../../schemas/index.js';
import { floats } from './exr-view.js';

export interface DepthLook {
  readonly polarity: DepthRange['polarity'];
  /** Scene distances that are shown as white and black; absent = measured over the clip. */
  readonly near: number | undefined;
  readonly far: number | undefined;
}

/** Renderers write 0, infinity, nan or a huge number where the camera saw nothing. */
const MISS = 1e9;

function isHit(value: number): boolean {
  return value > 0 && value < MISS;
}

export interface DepthFormat {
  /** The smallest and largest value of the pass, in one frame after the other. */
  measure(frame: Buffer): void;
  draw(frame: Buffer): Buffer;
}

/**
 * Float depth holds distances in scene units. The brightness goes with 1/distance (disparity); misses are drawn far.
 * The sign is ignored: camera space looks along -z in some renderers.
 */
export class FloatDepth implements DepthFormat {
  private least = Number.POSITIVE_INFINITY;
  private most = 0;

  constructor(private readonly look: DepthLook) {}

  measure(frame: Buffer): void {
    for (const value of floats(frame)) {
      const distance = Math.abs(value);
      if (!isHit(distance)) continue;
      if (distance < this.least) this.least = distance;
      if (distance > this.most) this.most = distance;
    }
  }

  draw(frame: Buffer): Buffer {
    const values = floats(frame);
    const out = Buffer.allocUnsafe(values.length);
    const bright = this.look.polarity === 'near-dark' ? this.disparity() : this.nearness();
    for (let i = 0; i < values.length; i++) {
      const value = Math.abs(values[i] ?? 0);
      out[i] = isHit(value) ? code(bright(value)) : 0;
    }
    return out;
  }

  private disparity(): (distance: number) => number {
    const white = 1 / (this.look.near ?? this.least);
    const black = 1 / (this.look.far ?? this.most);
    return (distance) => share(1 / distance, black, white);
  }

  /** The source stores nearness already: its curve is kept; near and far are distances and do not apply. */
  private nearness(): (value: number) => number {
    return (value) => share(value, this.least, this.most);
  }
}

/**
 * Depth in integers was normalised by whoever exported it: its curve is kept and only stretched over the clip.
 * Known near and far mean that black and white of the file are those distances, the same in every clip: no stretch.
 * There are no misses, because 0 is the nearest point as well.
 */
export class IntegerDepth implements DepthFormat {
  private least = 65_535;
  private most = 0;
  private codes: Uint8Array | undefined;

  constructor(private readonly look: DepthLook) {}

  measure(frame: Buffer): void {
    for (const value of words(frame)) {
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
  }

  draw(frame: Buffer): Buffer {
    this.codes ??= this.table();
    const values = words(frame);
    const out = Buffer.allocUnsafe(values.length);
    for (let i = 0; i < values.length; i++) out[i] = this.codes[values[i] ?? 0] ?? 0;
    return out;
  }

  private table(): Uint8Array {
    const fixed = this.look.near !== undefined && this.look.far !== undefined;
    const [low, high] = fixed ? [0, 65_535] : [this.least, this.most];
    const [black, white] = this.look.polarity === 'near-dark' ? [high, low] : [low, high];
    return Uint8Array.from({ length: 65_536 }, (_, value) => code(share(value, black, white)));
  }
}

/** Where `value` lies between black (0) and white (1); all white where the clip has a single depth. */
function share(value: number, black: number, white: number): number {
  return black === white ? 1 : (value - black) / (white - black);
}

function code(brightness: number): number {
  return Math.round(Math.min(1, Math.max(0, brightness)) * 255);
}

/** gray16le as numbers; copied only where the bytes are not aligned. */
function words(frame: Buffer): Uint16Array {
  const aligned = frame.byteOffset % 2 === 0 ? frame : Buffer.from(new Uint8Array(frame).buffer);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
}
