/** Depth in integers of 16 bits. */
import { CodeTally } from './code-tally.js';
import type { DepthFormat, DepthStyle, SourceReport } from './depth.js';
import { grey, middle, share } from './depth-greys.js';
import { clippedNotes, OUTLYING } from './depth-notes.js';

/**
 * Depth in integers was normalised by its exporter: its curve is kept and only stretched over the clip.
 * Known near and far mean that black and white of the file are those distances, the same in every clip: no stretch.
 * There are no misses, because 0 is also the value of the nearest point.
 */
export class IntegerDepth implements DepthFormat {
  private readonly tally = new CodeTally(16, 0);
  private table: Uint8Array | undefined;

  constructor(private readonly style: DepthStyle) {}

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
    const margin = Math.ceil(OUTLYING * (high - low));
    const least = Math.max(0, low - margin);
    const most = Math.min(65_535, high + margin);
    const bottom = { value: least, isGiven: false, beyond: tally.below(least), outermost: outer.low };
    const top = { value: most, isGiven: false, beyond: tally.above(most), outermost: outer.high };
    const ends = this.style.polarity === 'near-dark' ? { near: bottom, far: top } : { near: top, far: bottom };
    return {
      read: { least: unrounded(outer.low), most: unrounded(outer.high) },
      notes: clippedNotes(ends, tally.count),
    };
  }

  private range(): { readonly low: number; readonly high: number } {
    const isFixed = this.style.near !== undefined && this.style.far !== undefined;
    return isFixed ? { low: 0, high: 65_535 } : middle(this.tally);
  }

  private greys(): Uint8Array {
    const { low, high } = this.range();
    const [black, white] = this.style.polarity === 'near-dark' ? [high, low] : [low, high];
    return Uint8Array.from({ length: 65_536 }, (_, value) => grey(share(value, black, white)));
  }
}

/** ffmpeg makes 1 of the black of colour images when it reads them as grey of 16 bits (libswscale rounds up). */
function unrounded(code: number): number {
  return code === 1 ? 0 : code;
}

/** gray16le as numbers; copied only where the bytes are not aligned. */
function words(frame: Buffer): Uint16Array {
  const aligned = frame.byteOffset % 2 === 0 ? frame : Buffer.from(new Uint8Array(frame).buffer);
  return new Uint16Array(aligned.buffer, aligned.byteOffset, aligned.length / 2);
}
