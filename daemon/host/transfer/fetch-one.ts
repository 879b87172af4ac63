/** Fetches a big file from a host into a partial file beside its final place; a later call continues it. */
import { rm, stat } from 'node:fs/promises';
import type { Clock } from '../../clock.js';
import { CosmosError, errnoOf } from '../../errors.js';
import { renameOver } from '../../held-file.js';
import { ArrivingFile } from './arriving-file.js';
import { failureOf, type HostRoot } from './ask-host.js';
import { unlessIdle } from './idle-limit.js';
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
export interface FileToFetch {
  /** Absolute path on the host. */
  readonly from: string;
  /** Absolute local path. */
  readonly to: string;
  readonly bytes: number;
}

/** What the fetches of one call have in common. */
export interface Course {
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Where it lies until it is complete. */
export function partOf({ to }: Pick<FileToFetch, 'to'>): string {
  return `${to}.part`;
}

/**
 * Both sides hash the file during the transfer. It never receives more bytes than were announced.
 * @throws CosmosError transfer_failed, host_file_failed or host_step_failed; the system's own error when this machine's
 * disk refuses.
 */
export async function fetchOne(host: HostRoot, file: FileToFetch, course: Course): Promise<void> {
  const part = partOf(file);
  const broken = new AbortController(); // the first failure also ends the other command on the host
  const both = { ...course, signal: AbortSignal.any([course.signal, broken.signal]) };
  let receiving: Promise<string> | undefined;
  try {
    const fromByte = await resumeAt(host, file, part, both.signal);
    receiving = receive(host, file, fromByte, both);
    const [digests, arrived] = await Promise.all([digestsOf(host, file.from, [file.bytes], both.signal), receiving]);
    if (arrived !== digests.get(file.bytes)) throw damagedOnTheWay(file);
  } catch (error) {
    broken.abort(error);
    await Promise.allSettled([receiving]); // it has the part open until then, and the next try would write beside it
    if (error instanceof CosmosError && error.code === 'transfer_failed') await rm(part, { force: true });
    throw error;
  }
  await renameOver(part, file.to);
  course.progress.finish(file.bytes);
}

/** Returns the SHA-256 of the whole part, which is flushed to disk. */
async function receive(host: HostRoot, file: FileToFetch, fromByte: number, { clock, progress, signal }: Course) {
  const part = await ArrivingFile.open(partOf(file), fromByte, signal);
  const idle = new AbortController();
  try {
    const either = AbortSignal.any([signal, idle.signal]);
    const { stdout, done } = host.remote.stream(SEND, [file.from, String(fromByte)], { signal: either });
    done.catch(() => {}); // stdout throws the same error; until this is awaited it must not count as unhandled
    for await (const piece of unlessIdle(stdout, clock, file.from, () => idle.abort())) {
      if (part.bytes + piece.length > file.bytes) throw damagedOnTheWay(file);
      await part.add(piece);
      progress.within(part.bytes);
    }
    const { exitCode, stderr } = await done;
    signal.throwIfAborted();
    if (exitCode !== 0) throw await failureOf(host, { exitCode: exitCode ?? 1, stdout: Buffer.alloc(0), stderr }, 0);
    if (part.bytes < file.bytes) throw damagedOnTheWay(file);
    return await part.finish();
  } finally {
    await part.close();
  }
}

/** The received bytes differ from the host's file: it changed meanwhile, or they were damaged. */
export function damagedOnTheWay({ from, to }: FileToFetch): CosmosError {
  const message = `${from} changed on the host while it was fetched, or was damaged on the way; it is fetched again with the next attempt.`;
  return new CosmosError('transfer_failed', message, { from, to });
}

async function resumeAt(host: HostRoot, file: FileToFetch, part: string, signal: AbortSignal): Promise<number> {
  const have = await bytesOf(part);
  if (have === 0 || have > file.bytes) return 0;
  const theirs = await digestsOf(host, file.from, resumePoints(have), signal);
  return commonLength(theirs, (length) => digestOfStart(part, length, signal));
}

/** Bytes of a local file; 0 = it is not there. */
export async function bytesOf(part: string): Promise<number> {
  try {
    return (await stat(part)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
