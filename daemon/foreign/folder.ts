/** Lists folders that other programs write to. */
import { isUtf8 } from 'node:buffer';
import { type Dirent, lstat, type Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { type Disks, disks as disksOfProcess } from './all-disks.js';

/** Milliseconds for one folder: a hundred thousand names over a slow line. */
const LIST_MS = 120_000;

export interface Names {
  readonly names: readonly string[];
  /** Names that are not UTF-8, in a form that can be shown; Node cannot open such files. */
  readonly unreadable: readonly string[];
}

/** @throws the system error; CosmosError disk_silent */
export async function namesIn(folder: string, disks: Disks = disksOfProcess): Promise<Names> {
  const { real } = await disks.whereabouts(folder);
  const bytes = await disks.run(real, () => readdir(real, { encoding: 'buffer' }), LIST_MS);
  const unreadable = bytes.filter((name) => !isUtf8(name)).map((name) => name.toString());
  return { names: bytes.filter((name) => isUtf8(name)).map((name) => name.toString()), unreadable };
}

/** Names with the type of each, from the folder itself. @throws as {@link namesIn} */
export async function entriesIn(folder: string, disks: Disks = disksOfProcess): Promise<Dirent[]> {
  const { real } = await disks.whereabouts(folder);
  return disks.run(real, () => readdir(real, { withFileTypes: true }), LIST_MS);
}

/** The type of one name; links are not followed. @throws as {@link namesIn} */
export async function lstatForeign(file: string, disks: Disks = disksOfProcess): Promise<Stats> {
  return disks.run(file, statsOf);
}

/** The callback form: over ten thousand files, lstat of node:fs/promises takes three times the processor time. */
function statsOf(file: string): Promise<Stats> {
  return new Promise((resolve, reject) => {
    lstat(file, (error, stats) => (error === null ? resolve(stats) : reject(error)));
  });
}
