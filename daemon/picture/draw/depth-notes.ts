/** What is told about a depth pass beside its picture. Pure. */

/** What lies beyond one end of the greys, and is clipped to it. */
export interface End {
  /** A value of the source: the end itself where a person chose it, else the one from which on pixels are outliers. */
  readonly value: number;
  readonly isGiven: boolean;
  /** Pixels beyond `value`. */
  readonly beyond: number;
  /** The value that lies farthest out. */
  readonly outermost: number;
}

/**
 * How far an outlier lies beyond the greys at least, where 1 is the way from black to white: had it counted, the rest
 * would have lost a tenth of them. Pixels between it and the end are the usual 0.1 %, of which there is nothing to tell.
 */
export const OUTLYING = 0.1;
/** Of a range that a person chose: clipping a few pixels was meant, more of them may be a range of another scene. */
const MANY = 0.01;

/** @param pixels that saw something, over the whole clip. */
export function clippedNotes({ near, far }: { near: End; far: End }, pixels: number): string[] {
  return [
    ...(isTold(near, pixels) ? [sentence(near, pixels, 'nearer', 'nearest', 'white')] : []),
    ...(isTold(far, pixels) ? [sentence(far, pixels, 'farther', 'farthest', 'black')] : []),
  ];
}

function isTold({ isGiven, beyond }: End, pixels: number): boolean {
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

/** A measured number for people, four digits of it: 0.001, 12.35, 1.2e+7. */
export function plain(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}
