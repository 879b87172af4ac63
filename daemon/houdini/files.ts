/** Single files of an installation: written by rename, removed only when they are what we wrote. */
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CosmosError, errnoOf } from '../errors.js';
import { sha256Of } from './plugin-files.js';

/** A fixed suffix, so that half-written files of a killed installation are recognised and removed. */
const PART = '.cosmos-part';

/** `absent`, `folder`, the SHA-256 of a regular file, or `other` for a link and all other types. */
export async function contentOf(file: string): Promise<string> {
  try {
    const stats = await lstat(file);
    if (stats.isFile()) return sha256Of(await readFile(file));
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (isAbsent(error)) return 'absent';
    throw refused(file, error);
  }
}

/** Writes the file whole or not at all; creates its folder when it is missing. */
export async function putFile(file: string, bytes: Uint8Array | string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file + PART, bytes);
    await rename(file + PART, file);
  } catch (error) {
    throw refused(file, error);
  }
}

/** Waits for all of them, so that nothing is still written when one has failed. @throws what the first one failed with. */
export async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

/** Also removes its half-written form, and the files that Python compiled from it. */
export async function removeFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
    await rm(file + PART, { force: true });
    if (file.endsWith('.py')) await removeCompiled(file);
  } catch (error) {
    throw refused(file, error);
  }
}

/** Removes the folder only when it is empty, so that files of others stay. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (isAbsent(error) || errnoOf(error) === 'ENOTEMPTY' || errnoOf(error) === 'EEXIST') return;
    throw refused(folder, error);
  }
}

/** Python keeps `__pycache__/<module>.cpython-311.pyc` beside `<module>.py`. */
async function removeCompiled(source: string): Promise<void> {
  const folder = path.join(path.dirname(source), '__pycache__');
  const names = await readdir(folder).catch(() => []); // absent: it was never imported
  const module = `${path.basename(source, '.py')}.`;
  const compiled = names.filter((name) => name.startsWith(module) && /\.pyc(\.\d+)?$/.test(name));
  for (const name of compiled) await rm(path.join(folder, name), { force: true });
  await removeFolder(folder);
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
}

function refused(file: string, cause: unknown): CosmosError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `${file} could not be written or removed (${reason}). Close Houdini, see who may write there, then again.`;
  return new CosmosError('plugin_install_failed', message, { files: [file] }, { cause });
}
