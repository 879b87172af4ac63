/** Writes a time in the time zone of this machine. */
import type { Disposable } from 'vscode';

/** Milliseconds between two looks at the date. A timer until midnight would be late after the machine has slept. */
const LOOK_EVERY = 60_000;

/** "14:32"; "Nov 29 14:32" on another day than that of `now` (milliseconds since 1970), with the year if need be. */
export function moment(iso: string, now: number): string {
  const [at, today] = [new Date(iso), new Date(now)];
  const time = `${digits(at.getHours())}:${digits(at.getMinutes())}`;
  if (at.toDateString() === today.toDateString()) return time;
  const year = at.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return `${at.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year })} ${time}`;
}

/** At midnight, rows that show "14:32" of the day before must be drawn again. */
export function onNewDay(tell: () => void): Disposable {
  let day = new Date().toDateString();
  const timer = setInterval(() => {
    const today = new Date().toDateString();
    if (today === day) return;
    day = today;
    tell();
  }, LOOK_EVERY);
  return { dispose: () => clearInterval(timer) };
}

function digits(number: number): string {
  return String(number).padStart(2, '0');
}
