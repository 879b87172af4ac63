/** A moment as people read it. */

let ownFormat: Intl.DateTimeFormat | undefined;

/** The first Intl of a process reads its tables for 15 ms: not before somebody is told of a time. */
function own(): Intl.DateTimeFormat {
  ownFormat ??= formatOf(undefined);
  return ownFormat;
}

/**
 * "30 Nov 2026, 14:32 UTC+1": day, month and year cannot be taken for each other, and whoever reads it elsewhere sees
 * whose clock it is. The sentences around it are English, whatever language the machine speaks.
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
