/** Frames of unsigned 32 bits: exact, because a float keeps only 24 of them. */
import type { SourceReport } from './depth.js';
import { ViewDrawer } from './exr-view.js';

/** The frame's bytes as 32-bit numbers; copied only where they are not aligned. */
export function integers(frame: Buffer): Uint32Array {
  const aligned = frame.byteOffset % 4 === 0 ? frame : Buffer.from(new Uint8Array(frame).buffer);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

/** As floats, for measures where 24 bits are enough. */
export function asFloats(frame: Buffer): Buffer {
  return Buffer.from(Float32Array.from(integers(frame)).buffer);
}

/** What "white" is in integers: a mask, 8 bits, 16 bits, or all 32. */
const WHITES = [1, 255, 65_535, 4_294_967_295];

/**
 * A picture in UINT channels, as it is: EXR gives such numbers no meaning, so white is the smallest usual one that no
 * pixel of the clip exceeds.
 */
export class IntegerView {
  private least = Number.POSITIVE_INFINITY;
  private most = 0;
  private readonly drawer = new ViewDrawer('asIs');

  constructor(private readonly channels: 1 | 3) {}

  measure(frame: Buffer): void {
    const values = integers(frame);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? 0;
      if (value < this.least) this.least = value;
      if (value > this.most) this.most = value;
    }
  }

  draw(frame: Buffer): Buffer {
    const white = WHITES.find((one) => this.most <= one) ?? 1;
    const shares = Float32Array.from(integers(frame), (value) => value / white);
    const raw = Buffer.from(shares.buffer);
    return this.channels === 3 ? this.drawer.rgb(raw) : this.drawer.gray(raw);
  }

  report(): SourceReport {
    return { read: this.most < this.least ? null : { least: this.least, most: this.most }, notes: [] };
  }
}
