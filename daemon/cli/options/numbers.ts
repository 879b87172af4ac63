/** Parses numbers and moments in options. Each parser throws commander's InvalidArgumentError. */
import { InvalidArgumentError } from '@commander-js/extra-typings';

export function wholeNumber(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a whole number.`);
  return Number(text);
}

/** A whole number of at least 1. */
export function countingNumber(text: string): number {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError('It starts at 1.');
  return number;
}

/** 0, 1, 2, ... */
export function seed(text: string): number {
  const number = wholeNumber(text);
  if (number < 0) throw new InvalidArgumentError('A seed is 0 or more.');
  return number;
}

/** A number of at least 0. */
export function amount(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!(number >= 0 && Number.isFinite(number))) throw new InvalidArgumentError(`"${text}" is no number of 0 or more.`);
  return number;
}

/** Collects repeated options. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text];
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * "7d", "12h", "30m", "2w" before `now` (milliseconds since 1970), or a date such as 2026-03-01, as an ISO moment.
 */
export function moment(text: string, now: number): string {
  const [, number, unit = ''] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const span = UNITS[unit];
  const time = number !== undefined && span !== undefined ? now - Number(number) * span : Date.parse(text);
  if (!Number.isFinite(time)) {
    throw new InvalidArgumentError(`"${text}" is no moment; write 12h, 7d, or a date such as 2026-03-01.`);
  }
  return new Date(time).toISOString();
}
