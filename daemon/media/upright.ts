/** Which way up a movie is shown: the display matrix of its container, as filters of ffmpeg. */

export interface Turn {
  /** ffmpeg's filters; undefined = it is stored upright. */
  readonly filter: string | undefined;
  /** Width and height change places. */
  readonly sideways: boolean;
}

export const UPRIGHT: Turn = { filter: undefined, sideways: false };

/**
 * The filters are ours, because old releases of ffmpeg ignore that a matrix mirrors.
 * @param matrix nine numbers a b u, c d v, x y w as ffprobe prints them: (x, y) is shown at (ax + cy, bx + dy), y down
 *   (ISO/IEC 14496-12, 6.2.2).
 * @returns undefined for a picture that is not turned by quarters.
 */
export function turnOf(matrix: string): Turn | undefined {
  const numbers = matrix
    .split('\n')
    .flatMap((line) => /^[0-9a-f]+:(.*)$/.exec(line.trim())?.[1]?.trim().split(/\s+/) ?? [])
    .map(Number);
  const [a = 0, b = 0, , c = 0, d = 0] = numbers;
  if (b === 0 && c === 0 && a !== 0 && d !== 0) return { filter: straight(a < 0, d < 0), sideways: false };
  if (a === 0 && d === 0 && b !== 0 && c !== 0) return { filter: `transpose=${quarter(b > 0, c > 0)}`, sideways: true };
  return undefined;
}

function straight(mirrored: boolean, upsideDown: boolean): string | undefined {
  const filters = [...(mirrored ? ['hflip'] : []), ...(upsideDown ? ['vflip'] : [])];
  return filters.length === 0 ? undefined : filters.join(',');
}

/** Rows become columns (b) in their order or backwards, and columns become rows (c) likewise. */
function quarter(b: boolean, c: boolean): string {
  if (b) return c ? 'cclock_flip' : 'clock';
  return c ? 'cclock' : 'clock_flip';
}
