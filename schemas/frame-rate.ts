/** Frames per second, as a number or an exact fraction. */
import * as z from 'zod';

/** Frames per second as a person writes it: `24`, `23.976` or the exact fraction `"24000/1001"`. */
export const FrameRate = z
  .union([z.number().positive(), z.string().regex(/^[1-9]\d*\/[1-9]\d*$/)])
  .describe('Frames per second: a number, or an exact fraction such as "24000/1001".');
export type FrameRate = z.infer<typeof FrameRate>;

/** An exact rate: `num / den` frames per second. */
export interface Rational {
  readonly num: number;
  readonly den: number;
}

/** NTSC rates that are usually written as rounded decimals. */
const NTSC: Readonly<Record<string, Rational>> = {
  '23.976': { num: 24_000, den: 1001 },
  '29.97': { num: 30_000, den: 1001 },
  '47.952': { num: 48_000, den: 1001 },
  '59.94': { num: 60_000, den: 1001 },
};

/** The exact fraction behind a {@link FrameRate}; decimals that name an NTSC rate become that rate. */
export function toRational(rate: FrameRate): Rational {
  if (typeof rate === 'string') {
    const [num, den] = rate.split('/').map(Number);
    return { num: num ?? 0, den: den ?? 1 };
  }
  if (Number.isInteger(rate)) return { num: rate, den: 1 };
  return NTSC[String(Math.round(rate * 1000) / 1000)] ?? { num: Math.round(rate * 1000), den: 1000 };
}

/** Frames per second as a plain number, for arithmetic and for showing. */
export function toFps(rate: FrameRate): number {
  const { num, den } = toRational(rate);
  return num / den;
}
