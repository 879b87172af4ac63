/** The weight of a hint that nobody gave one. Pure. */

/**
 * One hint gets 1, several share 1: transfer2.5 adds raw weights up (unless a mask is used), so three hints of 1 would
 * control three times as strongly (cosmos_transfer2 model:112-120; network:1084-1088). Rounded to 2 decimals.
 */
export function defaultWeight(hints: number): number {
  return Math.round(100 / Math.max(1, hints)) / 100;
}
