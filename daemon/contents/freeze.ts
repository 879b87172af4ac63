/** The content store: files named by the SHA-256 of their bytes; a file there is always complete. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import prettyBytes from 'pretty-bytes';
import type { FrozenFile } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { renameOver } from '../held-file.js';
import type { StateDir } from '../state-dir.js';
import { frozenPieces, type Root } from './signature.js';

export interface Content {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Bytes that stay free: the database and the logs need some. */
const SPARE = 2 ** 28;

/** Prefix of scratch folders; content has names of two hexadecimal digits. */
const SCRATCH = 'tmp-';

export class ContentStore {
  constructor(private readonly stateDir: StateDir) {}

  /** True when content of this hash and size is in the store. */
  async has({ sha256, bytes }: Content): Promise<boolean> {
    const found = await stat(this.stateDir.cas(sha256)).catch(() => undefined); // ENOENT: not there
    return found?.size === bytes;
  }

  /**
   * A copy of the file as it was submitted, hashed while it is copied.
   * @throws CosmosError clip_changed when the file has changed since; no_space_here when the disk has no room for it.
   */
  async freeze(file: FrozenFile, root: Root, signal: AbortSignal): Promise<Content> {
    await this.requireRoom(file);
    return this.inScratch(async (scratch) => {
      const copy = path.join(scratch, 'copy');
      return this.keep(copy, await write(frozenPieces(file, root, { signal }), copy));
    });
  }

  /** Checked before the first byte: a sparse file may have any size, and the disk also holds the artist's work. */
  private async requireRoom({ path: file, size }: FrozenFile): Promise<void> {
    await mkdir(this.stateDir.casRoot, { recursive: true });
    const { bavail, bsize } = await statfs(this.stateDir.casRoot);
    const free = bavail * bsize;
    if (size + SPARE <= free) return;
    const message =
      `${path.basename(file)} has ${prettyBytes(size)}, and ${prettyBytes(free)} are free on the disk of the state ` +
      `folder (${this.stateDir.root}); free some, and it goes on by itself.`;
    throw new CosmosError('no_space_here', message, { file, bytes: size, free });
  }

  /** Moves a finished file into the store, without a copy; no other code may use the file. */
  async adopt(file: string, signal: AbortSignal): Promise<Content> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(file, { signal })) bytes += update(hash, chunk);
    return this.keep(file, { sha256: hash.digest('hex'), bytes });
  }

  /** Calls back with a new folder beside the store (so that renames stay on one file system), and deletes it afterwards. */
  async inScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(this.stateDir.casRoot, { recursive: true });
    const folder = await mkdtemp(path.join(this.stateDir.casRoot, SCRATCH));
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  /** Removes what a killed daemon left behind. To be called at the start, before anything is prepared. */
  async removeScratch(): Promise<void> {
    const names = await readdir(this.stateDir.casRoot).catch(() => []); // no store yet: nothing is left in it
    const left = names.filter((name) => name.startsWith(SCRATCH));
    await Promise.all(left.map((name) => rm(path.join(this.stateDir.casRoot, name), { recursive: true, force: true })));
  }

  private async keep(file: string, content: Content): Promise<Content> {
    if (await this.has(content)) return content;
    await flush(file);
    const target = this.stateDir.cas(content.sha256);
    await mkdir(path.dirname(target), { recursive: true });
    await renameOver(file, target);
    return content;
  }
}

async function write(pieces: AsyncIterable<Buffer>, to: string): Promise<Content> {
  const hash = createHash('sha256');
  let bytes = 0;
  const target = await open(to, 'wx');
  try {
    for await (const piece of pieces) {
      bytes += update(hash, piece);
      await target.writeFile(piece); // at the position where the last one ended
    }
  } finally {
    await target.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

function update(hash: Hash, chunk: Buffer): number {
  hash.update(chunk);
  return chunk.length;
}

/** On the disk before it gets its name: a power cut must not leave a named file with other bytes. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
