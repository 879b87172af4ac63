/** Compares the manifest with the files that are there. Pure. */
import { type ClipManifest, MANIFEST_FILE } from '../../schemas/index.js';
import type { ListedFile } from './listing.js';

/** Milliseconds; exporters write times as floats or whole milliseconds. */
const ROUNDING = 1.5;

/** The first disagreement as the start of a sentence, or null when every input has the size and time given. */
export function disagreement(
  manifest: ClipManifest,
  manifestFile: ListedFile,
  inputs: readonly ListedFile[],
): string | null {
  const promised = new Map(manifest.files.map((file) => [file.path, file]));
  for (const file of inputs) {
    const promise = promised.get(file.name);
    if (promise === undefined) return `${MANIFEST_FILE} does not list ${file.name}`;
    const sameTime = Math.abs(promise.mtime - file.mtimeMs) <= ROUNDING;
    if (sameTime && promise.size === file.size) continue;
    if (file.mtimeMs >= manifestFile.mtimeMs) return `${MANIFEST_FILE} is older than ${file.name}`;
    return `${MANIFEST_FILE} gives another ${sameTime ? 'size' : 'time'} for ${file.name}`;
  }
  return null;
}

/** Files that the manifest lists and the folder does not have: the copy is not finished. */
export function absent({ files }: ClipManifest, listed: readonly ListedFile[]): string[] {
  const names = new Set(listed.map(({ name }) => name));
  const missing = files.find(({ path }) => !names.has(path));
  return missing === undefined ? [] : [`${missing.path} is missing, though ${MANIFEST_FILE} lists it`];
}
