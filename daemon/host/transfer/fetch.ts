/** Brings files of a host here, in their order: each is usable as soon as it has its name. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../clock.js';
import { groups } from './arguments.js';
import type { Place } from './ask-host.js';
import { fetchMany } from './fetch-many.js';
import { fetchOne, type Wanted } from './fetch-one.js';
import { Progress } from './progress.js';
import { sizesOf } from './remote-facts.js';
import { SMALL } from './send-many.js';

export interface Fetch {
  /** Path on the host: absolute, or relative to the root of the store. */
  readonly from: string;
  /** Absolute local path; a file of that name is replaced. */
  readonly to: string;
}

/** `onBytes` hears how many bytes of all files are here by now. */
export async function fetchFiles(
  place: Place,
  files: readonly Fetch[],
  clock: Clock,
  signal: AbortSignal,
  onBytes?: (bytes: number) => void,
): Promise<void> {
  const paths = files.map(({ from }) => path.posix.resolve(place.root, from));
  const sizes = await sizesOf(place, paths, signal);
  const wanted = files.map(({ to }, index) => ({ from: paths[index] ?? '', to, bytes: sizes[index] ?? 0 }));
  for (const folder of new Set(files.map(({ to }) => path.dirname(to)))) await mkdir(folder, { recursive: true });
  const progress = new Progress(clock, onBytes);
  for (const stretch of stretches(wanted)) {
    const [first] = stretch;
    if (first !== undefined && isBig(first)) await fetchOne(place, first, progress, signal);
    else await fetchSmall(place, stretch, progress, signal);
  }
}

async function fetchSmall(place: Place, files: readonly Wanted[], progress: Progress, signal: AbortSignal) {
  let done = 0;
  for (const group of groups(files.map(({ from }) => [from]))) {
    await fetchMany(place, files.slice(done, done + group.length), progress, signal);
    done += group.length;
  }
}

/** A big file alone, small ones in a row together. */
function stretches(files: readonly Wanted[]): Wanted[][] {
  const all: Wanted[][] = [];
  for (const file of files) {
    const last = all.at(-1);
    if (last?.[0] === undefined || isBig(file) || isBig(last[0])) all.push([file]);
    else last.push(file);
  }
  return all;
}

function isBig({ bytes }: Wanted): boolean {
  return bytes > SMALL;
}
