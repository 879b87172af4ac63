/** A big file from a host: by SFTP into a part beside its place that a later call continues. */
import { open, rename, rm, stat } from 'node:fs/promises';
import { CosmosError, errnoOf } from '../../errors.js';
import type { Place } from './ask-host.js';
import { GrowingFile } from './growing-file.js';
import { digestOfStart } from './local-digest.js';
import type { Progress } from './progress.js';
import { digestsOf } from './remote-facts.js';
import { commonLength, resumePoints } from './resume.js';

/** A file to fetch, with what the host said about it. */
export interface Wanted {
  /** Absolute path on the host. */
  readonly from: string;
  /** Absolute local path. */
  readonly to: string;
  readonly bytes: number;
}

/**
 * Both sides digest the file while it is on its way.
 * @throws CosmosError transfer_failed, host_file_failed or host_step_failed; the system's own error when this machine's
 * disk refuses.
 */
export async function fetchOne(place: Place, file: Wanted, progress: Progress, signal: AbortSignal): Promise<void> {
  const part = `${file.to}.part`;
  const fromByte = await resumeAt(place, file, part, signal);
  const [digests, arrived] = await Promise.all([
    digestsOf(place, file.from, [file.bytes], signal),
    receive(place, file, fromByte, progress, signal),
  ]);
  if (arrived !== digests.get(file.bytes)) {
    await rm(part, { force: true });
    throw damagedOnTheWay(file);
  }
  await rename(part, file.to);
  progress.finish(file.bytes);
}

/** Returns the SHA-256 of what is in the part then, all of it on the disk. */
async function receive(place: Place, file: Wanted, fromByte: number, progress: Progress, signal: AbortSignal) {
  const files = await place.remote.files();
  const part = `${file.to}.part`;
  await (await open(part, 'a')).close();
  const growing = new GrowingFile(part);
  const onBytes = (received: number) => {
    progress.within(received);
    growing.grownTo(received);
  };
  try {
    await files.get(file.from, part, { fromByte: fromByte > 0 ? fromByte : undefined, onBytes, signal });
    return await growing.finish(file.bytes);
  } finally {
    await growing.close();
  }
}

/** What arrived is not what the host has: it changed meanwhile, or was damaged. */
export function damagedOnTheWay({ from, to }: Wanted): CosmosError {
  const message = `${from} changed on the host while it was fetched, or was damaged on the way; it is fetched again with the next attempt.`;
  return new CosmosError('transfer_failed', message, { from, to });
}

async function resumeAt(place: Place, file: Wanted, part: string, signal: AbortSignal): Promise<number> {
  const have = await sizeOf(part);
  if (have === 0 || have > file.bytes) return 0;
  const theirs = await digestsOf(place, file.from, resumePoints(have), signal);
  return commonLength(theirs, (length) => digestOfStart(part, length, signal));
}

async function sizeOf(part: string): Promise<number> {
  try {
    return (await stat(part)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
