/**
 * Stores what ffprobe found in media files, by their content, in one JSON file. When it is lost, the files are probed
 * again.
 */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { Media } from '../../../schemas/index.js';
import { writeFileAtomic } from '../../write-file.js';

/** A file as its directory entry shows it: size in bytes, time in milliseconds. */
export interface FileState {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

const Content = z.object({
  /** 2: frames are those that a decoder gives, width and height those of the upright picture. */
  version: z.literal(2),
  /** Absolute path -> the SHA-256 of its bytes when it had this size and time. */
  hashes: z.record(z.string(), z.object({ size: z.number(), mtimeMs: z.number(), sha256: z.string() })),
  /** SHA-256 -> what ffprobe found in those bytes. */
  media: z.record(z.string(), Media),
});
type Content = z.infer<typeof Content>;

/** Entries of each kind that are kept; the oldest go first. */
const MOST_ENTRIES = 20_000;

export class MediaCache {
  private constructor(
    private readonly file: string,
    private readonly hashes: Map<string, Content['hashes'][string]>,
    private readonly media: Map<string, Media>,
    private changed = false,
  ) {}

  /** A file that is missing, torn or of another version counts as empty. */
  static async open(file: string): Promise<MediaCache> {
    const { hashes, media } = await read(file);
    return new MediaCache(file, new Map(Object.entries(hashes)), new Map(Object.entries(media)));
  }

  /** Undefined when the file was never hashed, or has changed since. */
  sha256({ path, size, mtimeMs }: FileState): string | undefined {
    const known = this.hashes.get(path);
    return known?.size === size && known.mtimeMs === mtimeMs ? known.sha256 : undefined;
  }

  remember({ path, size, mtimeMs }: FileState, sha256: string): void {
    put(this.hashes, path, { size, mtimeMs, sha256 });
    this.changed = true;
  }

  mediaOf(sha256: string): Media | undefined {
    return this.media.get(sha256);
  }

  rememberMedia(sha256: string, { frames, width, height, fps }: Media): void {
    put(this.media, sha256, { frames, width, height, fps });
    this.changed = true;
  }

  /** Writes what is new. A folder that cannot be written to is no reason to fail a check. */
  async save(): Promise<void> {
    if (!this.changed) return;
    this.changed = false;
    const content: Content = {
      version: 2,
      hashes: Object.fromEntries(this.hashes),
      media: Object.fromEntries(this.media),
    };
    try {
      await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
      await writeFileAtomic(this.file, JSON.stringify(content), { mode: 0o600 });
    } catch {
      this.changed = true; // the next save may find the disk writable again
    }
  }
}

async function read(file: string): Promise<Content> {
  try {
    return Content.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return { version: 2, hashes: {}, media: {} }; // the facts are found again from the files themselves
  }
}

function put<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key);
  entries.set(key, value);
  const oldest = entries.size > MOST_ENTRIES ? entries.keys().next().value : undefined;
  if (oldest !== undefined) entries.delete(oldest);
}
