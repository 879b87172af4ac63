/** SHA-256 of files, streamed, a few at a time, and remembered by size and time. */
import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { FrozenFile } from '../../schemas/index.js';
import { frozenPieces, type Root, requireUnchanged } from './signature.js';

/** Hashes of files as they were seen; a file of another size or time is another file. */
export interface HashCache {
  get(file: FrozenFile): string | undefined;
  put(file: FrozenFile, sha256: string): void;
}

/** Files read at the same time: disks and network mounts gain nothing from more. */
const CONCURRENCY = 4;

export class Hasher {
  constructor(private readonly cache: HashCache) {}

  /**
   * Lower-case hex, in the order of the files.
   * @throws CosmosError clip_changed when a file is no longer what was submitted.
   */
  async hashAll(files: readonly FrozenFile[], root: Root, signal: AbortSignal): Promise<string[]> {
    const limit = pLimit(CONCURRENCY);
    return Promise.all(files.map((file) => limit(() => this.hash(file, root, signal))));
  }

  async hash(file: FrozenFile, root: Root, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    await requireUnchanged(file, root);
    const known = this.cache.get(file);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    for await (const piece of frozenPieces(file, root, { signal })) hash.update(piece);
    const sha256 = hash.digest('hex');
    this.cache.put(file, sha256);
    return sha256;
  }
}
