/** Opens files of results for serving, only if their bytes are still those that were verified. */
import path from 'node:path';
import { sha256OfPieces } from '../artifact/sha256.js';
import { CosmosError, errnoOf } from '../errors.js';
import { lstatForeign } from '../foreign/folder.js';
import { KINDS } from '../foreign/kinds.js';
import { type ForeignFile, openForeign } from '../foreign/open.js';
import { Refusal } from '../foreign/refusal.js';
import type { FileSeal } from '../queue/results.js';

/** Why a file is not served, as a sentence for the client. */
export class NotServed extends Error {
  constructor(
    /** The HTTP status. */
    readonly status: 404 | 410 | 503,
    sentence: string,
  ) {
    super(sentence);
  }
}

/** Most files that are remembered as compared; the oldest are forgotten and compared again. */
const MOST_KNOWN = 1000;

export class SealedFiles {
  /** Identity of a file -> the SHA-256 of its bytes, so that a hundred ranges of a video cost one reading. */
  private readonly known = new Map<string, Promise<string>>();

  /**
   * Opens the file, which the caller closes. The descriptor that was checked is the one that is sent, even when another
   * file takes the name in between.
   * @param seal null = no hash was stored: any regular file is opened
   * @throws NotServed when it is gone, is no regular file, or has other bytes than were sealed
   */
  async open(file: string, seal: FileSeal | null): Promise<ForeignFile> {
    const opened = await unlinked(file).catch((error: unknown) => {
      throw notServed(file, error);
    });
    try {
      if (seal === null || (await this.isSame(opened, seal))) return opened;
    } catch (error) {
      opened.close();
      throw notServed(file, error);
    }
    opened.close();
    throw swapped(file, 'its bytes are other ones');
  }

  private async isSame(file: ForeignFile, { bytes, sha256 }: FileSeal): Promise<boolean> {
    const { dev, ino, size, mtimeMs, ctimeMs } = file.stats;
    if (size !== bytes) return false;
    // When its entry changed last (ctime) is no program's to choose: other bytes have another time.
    const identity = [dev, ino, size, mtimeMs, ctimeMs].join(' ');
    const hash = this.known.get(identity) ?? sha256OfPieces(piecesOf(file, 0, bytes - 1));
    this.known.delete(identity);
    this.known.set(identity, hash);
    hash.catch(() => this.known.delete(identity));
    const oldest = this.known.size > MOST_KNOWN ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
    return (await hash) === sha256;
  }
}

/** The daemon puts no links there, so a link was put there by another program. */
async function unlinked(file: string): Promise<ForeignFile> {
  if ((await lstatForeign(file)).isSymbolicLink())
    throw new Refusal(file, 'this is a link', 'put the file itself there');
  return openForeign(file, { kind: KINDS.media, root: path.dirname(file) });
}

/** Bytes read at once. */
const PIECE = 256 * 1024;

/**
 * The bytes from `start` to `end`, both included; what is appended later is not read.
 * @throws Error when the file ends before
 */
export async function* piecesOf(file: ForeignFile, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at <= end; ) {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, end + 1 - at));
    const count = await file.read(buffer, at);
    if (count === 0) throw new Error(`${file.path} ends at byte ${at}`);
    at += count;
    yield buffer.subarray(0, count);
  }
}

function notServed(file: string, error: unknown): unknown {
  if (error instanceof Refusal) return swapped(file, error.what);
  if (error instanceof CosmosError) return new NotServed(503, error.message); // the disk does not answer
  const code = errnoOf(error);
  if (code === undefined) return error;
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(code))
    return new NotServed(404, `${path.basename(file)} is gone.`);
  return swapped(file, `it cannot be opened (${code})`);
}

function swapped(file: string, what: string): NotServed {
  const name = path.basename(file);
  const sentence = `${name} is no longer the file that was verified: ${what}. Run the job again for another one.`;
  return new NotServed(410, sentence);
}
