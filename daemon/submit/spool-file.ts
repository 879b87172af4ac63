/** The files of the spool: they are read in the order of their times, removed, or set aside. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type * as z from 'zod';
import { SpoolEntry } from '../../schemas/index.js';
import { CosmosError, coerceError, errnoOf } from '../errors.js';
import { KINDS } from '../foreign/kinds.js';
import { renameOver } from '../held-file.js';
import { readText } from '../text/read.js';

export const SPOOL_ENDING = '.json';
/** Sub-folder for broken entries; it is not read. */
const SET_ASIDE = 'set-aside';

export interface Spooled {
  readonly file: string;
  /** For a file that is no valid entry: the error that says what is wrong. */
  readonly entry: SpoolEntry | CosmosError;
}

export interface SpooledEntry {
  readonly file: string;
  readonly entry: SpoolEntry;
}

/** Every file of the spool, the oldest entry first and unreadable files last. */
export async function readSpool(folder: string): Promise<Spooled[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(SPOOL_ENDING)).sort();
  const read = await Promise.all(names.map((name) => readOne(path.join(folder, name))));
  const writtenAt = ({ entry }: Spooled) => (entry instanceof CosmosError ? '~' : entry.writtenAt);
  return read.filter((one) => one !== undefined).sort((a, b) => (writtenAt(a) < writtenAt(b) ? -1 : 1));
}

/** undefined = the file is gone, because its writer has removed it. */
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
 * Entries of renders that a later entry for the same clip replaces: only the newest render of a clip is sent, not every
 * one before it.
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

/** @returns the new path. */
export async function setAside(file: string): Promise<string> {
  const folder = path.join(path.dirname(file), SET_ASIDE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = path.join(folder, path.basename(file));
  await renameOver(file, kept);
  return kept;
}
