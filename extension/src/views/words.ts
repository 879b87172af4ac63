/** Amounts as people read them. */
import prettyMilliseconds from 'pretty-ms';

let money: Intl.NumberFormat | undefined;

/** "$0.42"; what is not nothing is never shown as nothing. */
export function dollars(amount: number): string {
  // The first Intl of a process reads its tables for 15 ms: not at activation, but when somebody is told of money.
  money ??= new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  return amount > 0 && amount < 0.01 ? '<$0.01' : money.format(amount);
}

/** "12m 34s"; what is not over is never shown as nothing. */
export function duration(seconds: number): string {
  return prettyMilliseconds(Math.max(1, Math.round(seconds)) * 1000, { unitCount: 2 });
}

/** "12m": for places without room. */
export function roughDuration(seconds: number): string {
  return prettyMilliseconds(Math.max(1, Math.round(seconds)) * 1000, { unitCount: 1 });
}

/** "42%". Full only when it is: 99.9 % is not done. */
export function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`;
}

/** What is there, with dots between. */
export function dotted(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' · ');
}

/** The same to be listened to. */
export function spoken(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(', ');
}

/** Before or behind other words: a sentence of the daemon without its full stop. */
export function clause(sentence: string): string {
  return sentence.replace(/(?<!\.)\.$/, '');
}
