/** Measures the content of a movie in one pass over its 8-bit frames. Pure. */
import type { PassMeasure } from '../../../schemas/index.js';

/** More pixels of one value would not fit into 32 bits: the share is taken of those before. */
const MOST_COUNTED = 0xffffffff;

/** The fields of {@link PassMeasure} that the drawn picture shows; the reader of the source knows the others. */
export type Shown = Omit<PassMeasure, 'read' | 'notes'>;

export class Meter {
  private frames = 0;
  private repeated = 0;
  private blank = 0;
  private before: Buffer | undefined;
  private counted = 0;
  /** Pixels by value: 256 greys, or 2^24 colours (64 MiB, of which only the touched pages are ever real memory). */
  private readonly counts: Uint32Array;

  /** @param channels 1 = grey, 3 = red, green, blue; 8 bits each, one after the other. */
  constructor(private readonly channels: 1 | 3) {
    this.counts = new Uint32Array(2 ** (8 * channels));
  }

  /** The frame must stay as it is: it is compared with the next one. */
  add(frame: Buffer): void {
    const { channels } = this;
    this.frames++;
    if (this.before?.equals(frame)) this.repeated++;
    this.before = frame;
    // A frame that equals itself moved on by one pixel has the same value everywhere.
    const isBlank = frame.subarray(channels).equals(frame.subarray(0, frame.length - channels));
    if (isBlank) this.blank++;
    const pixels = frame.length / channels;
    if (this.counted + pixels > MOST_COUNTED) return;
    this.counted += pixels;
    if (isBlank) this.count(channels === 1 ? (frame[0] ?? 0) : frame.readUIntBE(0, 3), pixels);
    else if (channels === 1) for (let i = 0; i < frame.length; i++) this.count(frame[i] ?? 0, 1);
    else for (let i = 0; i < frame.length; i += 3) this.count(rgbAt(frame, i), 1);
  }

  private count(value: number, pixels: number): void {
    this.counts[value] = (this.counts[value] ?? 0) + pixels;
  }

  result(): Shown {
    const { channels, counts, frames, repeated, blank } = this;
    const min = new Array<number>(channels).fill(255);
    const max = new Array<number>(channels).fill(0);
    let commonest = 0;
    for (let value = 0; value < counts.length; value++) {
      const count = counts[value] ?? 0;
      if (count === 0) continue;
      if (count > (counts[commonest] ?? 0)) commonest = value;
      for (let channel = 0; channel < channels; channel++) {
        const code = codeOf(value, channel, channels);
        if (code < (min[channel] ?? 0)) min[channel] = code;
        if (code > (max[channel] ?? 0)) max[channel] = code;
      }
    }
    const codes = min.map((_, channel) => codeOf(commonest, channel, channels));
    const share = this.counted === 0 ? 1 : (counts[commonest] ?? 0) / this.counted;
    return { frames, min, max, commonest: codes, share, repeated, blank };
  }
}

function rgbAt(frame: Buffer, at: number): number {
  return ((frame[at] ?? 0) << 16) | ((frame[at + 1] ?? 0) << 8) | (frame[at + 2] ?? 0);
}

function codeOf(value: number, channel: number, channels: number): number {
  return (value >>> (8 * (channels - 1 - channel))) & 0xff;
}
