/**
 * Writes amounts as short texts: times, dates, sizes, money, percentages. Every function takes what the schemas hold.
 */
import prettyBytes from 'pretty-bytes';
import prettyMs from 'pretty-ms';

/** Stands in tables where there is no value (yet). */
export const NONE = '-';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds as "0.4s", "12s", "3m 20s", "2h 5m": never more than two units. */
export function duration(seconds: number | null): string {
  if (seconds === null) return NONE;
  if (seconds < 0.05) return '0s'; // less than one decimal can show
  return prettyMs(seconds * 1000, {
    unitCount: 2,
    secondsDecimalDigits: seconds < 10 ? 1 : 0,
    subSecondsAsDecimals: true,
  });
}

/** How long before `now` (milliseconds since 1970) a moment was: "just now", "12 s ago", "3 d ago". */
export function ago(iso: string | null, now: number): string {
  if (iso === null) return NONE;
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 2) return 'just now';
  if (seconds < MINUTE) return `${Math.floor(seconds)} s ago`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  return `${Math.floor(seconds / DAY)} d ago`;
}

/** A moment as "2026-03-01 14:05 UTC". */
export function date(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

export function bytes(count: number): string {
  return prettyBytes(count);
}

/** A fraction 0..1 as "62%"; rounded down, so that 100% means done. */
export function percent(fraction: number | null): string {
  return fraction === null ? NONE : `${Math.floor(fraction * 100)}%`;
}

export function dollars(amount: number | null): string {
  return amount === null ? NONE : `$${amount.toFixed(2)}`;
}

/** Pixels as "1280x720". */
export function size(width: number | null, height: number | null): string {
  return width === null || height === null ? NONE : `${width}x${height}`;
}

/** "1 job", "3 jobs". */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}

/** A fraction 0..1 as a bar of `cells` characters. */
export function bar(fraction: number, cells: number): string {
  const full = Math.floor(Math.min(1, Math.max(0, fraction)) * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}
