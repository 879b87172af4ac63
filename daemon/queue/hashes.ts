/** Keeps the SHA-256 of files, so that an unchanged file is not read again. */
import { type Database, writeRelaxed } from './db.js';

/** A file as its directory entry shows it: path (absolute), size (bytes), mtime (milliseconds). */
export interface FileIdentity {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export class HashCache {
  private readonly sql;

  constructor(private readonly db: Database) {
    this.sql = {
      get: db.prepare<[FileIdentity], { sha256: string }>(
        'SELECT sha256 FROM hashes WHERE path = @path AND size = @size AND mtimeMs = @mtimeMs',
      ),
      put: db.prepare<[FileIdentity & { sha256: string }]>(
        'INSERT OR REPLACE INTO hashes (path, size, mtimeMs, sha256) VALUES (@path, @size, @mtimeMs, @sha256)',
      ),
    };
  }

  /** Lower-case hex; undefined when the file was never hashed or has changed since. */
  get({ path, size, mtimeMs }: FileIdentity): string | undefined {
    return this.sql.get.get({ path, size, mtimeMs })?.sha256;
  }

  /** Does not wait for the disk: a clip has hundreds of files, and a lost row costs only one more reading. */
  put({ path, size, mtimeMs }: FileIdentity, sha256: string): void {
    writeRelaxed(this.db, () => this.sql.put.run({ path, size, mtimeMs, sha256 }));
  }
}
