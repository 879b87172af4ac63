/** Brings files of a host here, in their order: each is usable as soon as it has its name. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../clock.js';
import type { FetchLimit } from '../host.js';
import { withinLimit, withRoom } from './allowance.js';
import { groups } from './arguments.js';
import type { HostRoot } from './ask-host.js';
import { fetchMany } from './fetch-many.js';
import { bytesOf, type Course, type FileToFetch, fetchOne, partOf } from './fetch-one.js';
import { Progress } from './progress.js';
import { sizesOf } from './remote-facts.js';
import { SMALL } from './send-many.js';

export interface Fetch {
  /** Path on the host: absolute, or relative to the root of the store. */
  readonly from: string;
  /** Absolute local path; a file of that name is replaced. */
  readonly to: string;
  /** The largest size that is fetched; left out = no limit. */
  readonly limit?: FetchLimit;
}

/** Where files may be, for people and for the host. */
export interface Source {
  /** Name of the host. */
  readonly host: string;
  /** Absolute folder there that the files have to lie in by their real paths: no link leads out of it. */
  readonly below: string;
}

/**
 * `onBytes` gets how many bytes of all files have been received by now.
 * @throws CosmosError too_much_from_host, no_space_here before anything is fetched.
 */
export async function fetchFiles(
  host: HostRoot,
  files: readonly Fetch[],
  clock: Clock,
  signal: AbortSignal,
  onBytes?: (bytes: number) => void,
  source?: Source,
): Promise<void> {
  const paths = files.map(({ from }) => path.posix.resolve(host.root, from));
  const sizes = await sizesOf(host, paths, signal, source?.below);
  const wanted = files.map(({ to }, index) => ({ from: paths[index] ?? '', to, bytes: sizes[index] ?? 0 }));
  const offers = wanted.map((file, index) => ({ ...file, host: source?.host, limit: files[index]?.limit }));
  for (const offer of offers) withinLimit({ ...offer, have: 0 });
  await withRoom(await Promise.all(offers.map(async (offer) => ({ ...offer, have: await bytesOf(partOf(offer)) }))));
  for (const folder of new Set(files.map(({ to }) => path.dirname(to)))) await mkdir(folder, { recursive: true });
  const progress = new Progress(clock, onBytes);
  for (const stretch of stretches(wanted)) {
    const [first] = stretch;
    if (first !== undefined && isBig(first)) await fetchOne(host, first, { clock, progress, signal });
    else await fetchSmall(host, stretch, { clock, progress, signal });
  }
}

async function fetchSmall(host: HostRoot, files: readonly FileToFetch[], course: Course) {
  let done = 0;
  for (const group of groups(files.map(({ from }) => [from]))) {
    await fetchMany(host, files.slice(done, done + group.length), course);
    done += group.length;
  }
}

/** A big file alone, small ones in a row together. */
function stretches(files: readonly FileToFetch[]): FileToFetch[][] {
  const all: FileToFetch[][] = [];
  for (const file of files) {
    const last = all.at(-1);
    if (last?.[0] === undefined || isBig(file) || isBig(last[0])) all.push([file]);
    else last.push(file);
  }
  return all;
}

function isBig({ bytes }: FileToFetch): boolean {
  return bytes > SMALL;
}
