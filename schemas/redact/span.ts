/** The types of a found secret (its place in a text) and of the functions that find them. */

/** From the offset `start` up to the one before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds secrets of one kind. Linear in the length of the text. */
export type Reader = (text: string) => Span[];

export function isWhole({ start, end }: Span): boolean {
  return start < end;
}

/** The span of a group of a match, which must have been made with the flag "d". */
export function spanOf(match: RegExpMatchArray, group: string | number): Span | undefined {
  const place = typeof group === 'number' ? match.indices?.[group] : match.indices?.groups?.[group];
  return place === undefined ? undefined : { start: place[0], end: place[1] };
}

/** A run of letters and digits of this length, in which both are mixed as no word and no name mixes them. */
export function hasRandomRun(text: string, length: number, digits = 2): boolean {
  return text.split(/[^A-Za-z0-9]+/).some((run) => {
    if (run.length < length) return false;
    const numbers = run.replace(/\D+/g, '').length;
    return numbers >= digits && numbers < run.length;
  });
}
