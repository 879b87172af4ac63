/** Notes for the user about a depth pass. Pure. */

/** Values beyond one end of the greys, which are clipped to it. */
export interface End {
  /** A value of the source: the end itself if the user set it, else the value from which on pixels are outliers. */
  readonly value: number;
  readonly isGiven: boolean;
  /** Pixels beyond `value`. */
  readonly beyond: number;
  /** The value that lies farthest out. */
  readonly outermost: number;
}

/**
 * How far an outlier lies beyond the greys at least, where 1 is the way from black to white: had it counted, the rest
 * would have lost a tenth of the greys. Pixels nearer to the end are the usual 0.1 %, which is not worth a note.
 */
export const OUTLYING = 0.1;
/** For a range that the user set: clipping a few pixels is intended, more may mean a range from another scene. */
const MANY = 0.01;

/** @param pixels with a depth, over the whole clip. */
export function clippedNotes({ near, far }: { near: End; far: End }, pixels: number): string[] {
  return [
    ...(isWorthANote(near, pixels) ? [sentence(near, pixels, 'nearer', 'nearest', 'white')] : []),
    ...(isWorthANote(far, pixels) ? [sentence(far, pixels, 'farther', 'farthest', 'black')] : []),
  ];
}

function isWorthANote({ isGiven, beyond }: End, pixels: number): boolean {
  return beyond > (isGiven ? MANY * pixels : 0);
}

function sentence(end: End, pixels: number, than: string, most: string, colour: string): string {
  const { beyond, value, outermost, isGiven } = end;
  const which = isGiven ? ', the value that was given' : '';
  const verb = beyond === 1 ? 'is' : 'are';
  const count = `${grouped(beyond)} of ${grouped(pixels)} pixels ${verb}`;
  return `${count} ${than} than ${plain(value)}${which} (the ${most} at ${plain(outermost)}): clipped to ${colour}.`;
}

export function backgroundNote(pixels: number, of: number, at: number, before: number): string {
  const percent = plain((100 * pixels) / of, 2);
  return (
    `${percent} % of the pixels lie at exactly ${plain(at)}, and none between ${plain(before)} and there: ` +
    'taken as background.'
  );
}

/** 1048576 -> "1,048,576". */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** A measured number for sentences, with four digits: 0.001, 12.35, 1.2e+7. */
export function plain(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}
