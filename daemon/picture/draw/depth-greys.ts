/** From the values of a depth pass to greys. Pure. */
import type { CodeTally } from './code-tally.js';

/** The share of the pixels with a depth that may be clipped at each end, to white and to black. */
const OUTSIDE = 0.001;

/**
 * The codes that become the ends of the greys: all values but the outermost 0.1 % at each side. Where nothing is left
 * between them, the few values outside are all there is to see, and they are kept.
 */
export function middle(tally: CodeTally): { readonly low: number; readonly high: number } {
  const most = tally.between(Math.floor(tally.count * OUTSIDE));
  const kept = most !== undefined && most.low < most.high ? most : tally.between(0);
  return kept ?? { low: 0, high: 0 };
}

/** Where `value` lies between black (0) and white (1); all white where the clip has a single depth. */
export function share(value: number, black: number, white: number): number {
  return black === white ? 1 : (value - black) / (white - black);
}

export function grey(brightness: number): number {
  return Math.round(Math.min(1, Math.max(0, brightness)) * 255);
}
