/** A folder as a list: what is in it, to the byte. */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Path -> "folder", "link to X" or the content's hash, of all that is in it. */
export function listing(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(names.map((name) => [name.split(path.sep).join('/'), fact(path.join(root, name))]));
}

/** Writes `files` (path -> text) below `root`. */
export function plant(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}

function fact(file: string): string {
  const stats = lstatSync(file);
  if (stats.isSymbolicLink()) return `link to ${readlinkSync(file)}`;
  return stats.isDirectory() ? 'folder' : createHash('sha256').update(readFileSync(file)).digest('hex');
}
