/** Writes amounts for people to read. */
import prettyMilliseconds from 'pretty-ms';

let money: Intl.NumberFormat | undefined;

/** "$0.42". An amount above 0 is never shown as 0. */
export function dollars(amount: number): string {
  // Created on first use, because the first Intl of a process takes 15 ms, too long for the activation.
  money ??= new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  return amount > 0 && amount < 0.01 ? '<$0.01' : money.format(amount);
}

/** "12m 34s". A time above 0 is never shown as 0. */
export function duration(seconds: number): string {
  return prettyMilliseconds(Math.max(1, Math.round(seconds)) * 1000, { unitCount: 2 });
}

/** "12m", where there is little space. */
export function roughDuration(seconds: number): string {
  return prettyMilliseconds(Math.max(1, Math.round(seconds)) * 1000, { unitCount: 1 });
}

/** "42%". 99.9 % is not shown as 100. */
export function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`;
}

/** The parts that are not empty, with dots between. */
export function dotted(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

/** The same for a screen reader, with commas. */
export function spoken(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
}

/** For use inside another sentence: the daemon's sentence without its full stop. */
export function clause(sentence: string): string {
  return sentence.replace(/(?<!\.)\.$/, '');
}
