/** Opens files of results for serving: only those that still are, byte for byte, what was verified. */
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import path from 'node:path';
import { errnoOf } from '../errors.js';
import type { FileSeal } from '../queue/results.js';

/** The file, open: what is sent of it is what was looked at, whatever gets its name meanwhile. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly stats: Stats;
}

/** Why a file is not served. */
export class Swapped extends Error {}

/** A pipe is not waited for, and a link not followed; Windows has neither flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** Files whose bytes were compared; the oldest are forgotten and compared again. */
const MOST_KNOWN = 1000;

export class SealedFiles {
  /** Identity of a file -> the SHA-256 of its bytes, so that a hundred ranges of a video cost one reading. */
  private readonly known = new Map<string, Promise<string>>();

  /**
   * Opens the file, which the caller closes.
   * @param seal null = nothing was kept of it: any regular file is opened
   * @returns undefined when it is gone
   * @throws Swapped for what is no regular file or has other bytes than were sealed; the system's own error
   */
  async open(file: string, seal: FileSeal | null): Promise<OpenFile | undefined> {
    const handle = await opened(file);
    if (handle === undefined) return undefined;
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw swapped(file, 'something that is no file lies there now');
      if (seal !== null && !(await this.isSame(handle, stats, seal))) throw swapped(file, 'its bytes are other ones');
      return { handle, stats };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  private async isSame(handle: FileHandle, stats: Stats, { bytes, sha256 }: FileSeal): Promise<boolean> {
    if (stats.size !== bytes) return false;
    // The time of the last change of the entry (ctime) is no program's to choose: other bytes have another one.
    const identity = [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ');
    const hash = this.known.get(identity) ?? hashOf(handle, bytes);
    this.known.delete(identity);
    this.known.set(identity, hash);
    hash.catch(() => this.known.delete(identity));
    const oldest = this.known.size > MOST_KNOWN ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
    return (await hash) === sha256;
  }
}

async function opened(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, FLAGS);
  } catch (error) {
    const code = errnoOf(error) ?? '';
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code)) return undefined;
    // A link (also ENOTDIR's cousin of FreeBSD, EMLINK), a socket, a device without a driver, a folder on Windows.
    if (['ELOOP', 'EMLINK', 'ENXIO', 'ENODEV', 'EISDIR'].includes(code)) {
      throw swapped(file, 'a link or something else that is no file lies there now');
    }
    if (code !== '') throw swapped(file, `it cannot be opened (${code})`);
    throw error;
  }
}

/** At most so many bytes are read, however much is written behind them meanwhile. */
async function hashOf(handle: FileHandle, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  if (bytes > 0) {
    for await (const chunk of handle.createReadStream({ start: 0, end: bytes - 1, autoClose: false }))
      hash.update(chunk);
  }
  return hash.digest('hex');
}

function swapped(file: string, what: string): Swapped {
  return new Swapped(`${path.basename(file)} is no longer the file that was verified: ${what}.`);
}
