/** Writes a time for people to read. */

let ownFormat: Intl.DateTimeFormat | undefined;

/** Created on first use, because the first Intl of a process takes 15 ms. */
function own(): Intl.DateTimeFormat {
  ownFormat ??= formatOf(undefined);
  return ownFormat;
}

/**
 * "30 Nov 2026, 14:32 UTC+1". Day, month and year cannot be confused, and the time zone is named. Always English, like
 * the sentences around it.
 * @param timeZone default: that of this machine.
 */
export function localTime(iso: string, timeZone?: string): string {
  const format = timeZone === undefined ? own() : formatOf(timeZone);
  return format.format(Date.parse(iso)).replace(/GMT(?:[+-]0$)?/, 'UTC');
}

function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' },
    timeZone,
  });
}
