/** A big file from a host: as a stream into a part beside its place that a later call continues. */
import { rm, stat } from 'node:fs/promises';
import { CosmosError, errnoOf } from '../../errors.js';
import { renameOver } from '../../held-file.js';
import { ArrivingFile } from './arriving-file.js';
import { failureOf, type Place } from './ask-host.js';
import { digestOfStart } from './local-digest.js';
import type { Progress } from './progress.js';
import { digestsOf } from './remote-facts.js';
import { commonLength, resumePoints } from './resume.js';

/** $1 file, $2 first byte to send. dd moves the position that cat shares, and copies nothing. */
const SEND = `
LC_ALL=C; export LC_ALL
{ dd bs=1 skip="$2" count=0 2>/dev/null; cat; } <"$1"
`;

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
  await renameOver(part, file.to);
  progress.finish(file.bytes);
}

/** Returns the SHA-256 of what is in the part then, all of it on the disk. */
async function receive(place: Place, file: Wanted, fromByte: number, progress: Progress, signal: AbortSignal) {
  const part = await ArrivingFile.open(`${file.to}.part`, fromByte, signal);
  try {
    const { stdout, done } = place.remote.stream(SEND, [file.from, String(fromByte)], { signal });
    done.catch(() => {}); // thrown by stdout as well; until it is awaited it must not count as unhandled
    for await (const piece of stdout) {
      await part.add(piece);
      progress.within(part.bytes);
      if (part.bytes > file.bytes) throw damagedOnTheWay(file);
    }
    const { exitCode, stderr } = await done;
    signal.throwIfAborted();
    if (exitCode !== 0) throw await failureOf(place, { exitCode: exitCode ?? 1, stdout: Buffer.alloc(0), stderr }, 0);
    return await part.finish();
  } finally {
    await part.close();
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
