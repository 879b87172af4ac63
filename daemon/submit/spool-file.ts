/** The files of the spool: read in the order in which they were written, removed, or set aside. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type * as z from 'zod';
import { SpoolEntry } from '../../schemas/index.js';
import { CosmosError, coerceError, errnoOf } from '../errors.js';
import { KINDS } from '../foreign/kinds.js';
import { renameOver } from '../held-file.js';
import { readText } from '../text/read.js';

export const SPOOL_ENDING = '.json';
/** Below the spool, where nobody reads any more. */
const SET_ASIDE = 'set-aside';

export interface Spooled {
  readonly file: string;
  /** A file that is no entry: what is wrong with it. */
  readonly entry: SpoolEntry | CosmosError;
}

export interface SpooledEntry {
  readonly file: string;
  readonly entry: SpoolEntry;
}

/** Every file of the spool, oldest entry first; what cannot be read at all comes at the end. */
export async function readSpool(folder: string): Promise<Spooled[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(SPOOL_ENDING)).sort();
  const read = await Promise.all(names.map((name) => readOne(path.join(folder, name))));
  const writtenAt = ({ entry }: Spooled) => (entry instanceof CosmosError ? '~' : entry.writtenAt);
  return read.filter((one) => one !== undefined).sort((a, b) => (writtenAt(a) < writtenAt(b) ? -1 : 1));
}

/** Undefined = it is gone: taken back by whoever wrote it. */
async function readOne(file: string): Promise<Spooled | undefined> {
  try {
    const parsed = SpoolEntry.safeParse(
      JSON.parse(await readText(file, 'invalid_params', { kind: KINDS.message, root: null })),
    );
    return { file, entry: parsed.success ? parsed.data : strange(file, firstIssue(parsed.error)) };
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return undefined;
    if (cause instanceof CosmosError) return { file, entry: cause };
    return { file, entry: strange(file, coerceError(cause).message) };
  }
}

function strange(file: string, why: string): CosmosError {
  return new CosmosError('invalid_params', `${path.basename(file)} is no entry of this version (${why}).`, { file });
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? 'wrong shape' : `${issue.path.join('.') || 'the whole'}: ${issue.message}`;
}

/**
 * Entries that a later one of the same clip has made pointless: what a render sends by itself is wanted as it is now,
 * not once for every time that it was rendered.
 */
export function outdated(entries: readonly SpooledEntry[]): SpooledEntry[] {
  const unattended = entries.filter(({ entry }) => entry.unattended === true);
  return unattended.filter(({ entry }, index) => {
    return unattended.slice(index + 1).some(({ entry: later }) => later.path === entry.path);
  });
}

export async function removeSpooled(file: string): Promise<void> {
  await rm(file, { force: true });
}

/** Gives where it lies now. */
export async function setAside(file: string): Promise<string> {
  const folder = path.join(path.dirname(file), SET_ASIDE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = path.join(folder, path.basename(file));
  await renameOver(file, kept);
  return kept;
}
