/** Files to send, with what is known of them. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Content } from '../../daemon/host/transfer/stock.js';

export const MB = 2 ** 20;

/** Writes a file of random bytes, or of the given ones. */
export function contentOf(folder: string, name: string, what: number | string): Content {
  const bytes = typeof what === 'number' ? randomBytes(what) : Buffer.from(what);
  const from = path.join(folder, name);
  writeFileSync(from, bytes);
  return { from, sha256: sha256(bytes), bytes: bytes.length };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Where a store keeps a content. */
export function stored(root: string, { sha256 }: Pick<Content, 'sha256'>): string {
  return path.join(root, 'cas', sha256.slice(0, 2), sha256);
}

/** Hashes of what is visible in a store. @throws when one of them has another content, or something else lies there. */
export function visible(root: string): string[] {
  const files = readdirSync(path.join(root, 'cas'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('incoming'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files) {
    if (sha256(readFileSync(file)) !== path.basename(file)) throw new Error(`${file} is not its hash`);
  }
  return files.map((file) => path.basename(file)).sort();
}

/** What lies in a store's folder of unfinished uploads. */
export function unfinished(root: string): string[] {
  return readdirSync(path.join(root, 'cas', 'incoming'));
}
