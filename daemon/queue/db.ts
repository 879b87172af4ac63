/** The only file that uses SQLite: opens, migrates and closes databases, and translates their errors. */
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { CosmosError } from '../errors.js';
import { migrations as ours } from './migrations/index.js';

export type Database = Sqlite.Database;
export type Statement<Params extends unknown[], Row = unknown> = Sqlite.Statement<Params, Row>;

/** Milliseconds that a statement waits for another process, such as a backup tool or an sqlite3 shell. */
const BUSY_TIMEOUT = 5000;

/**
 * Opens the database. An older one is migrated to the present schema, and a copy of it is kept beside it
 * (`cosmos.db.v1.backup`). A committed transaction survives a power cut.
 * @throws CosmosError state_newer when a newer version wrote it.
 */
export function openDatabase(file: string, migrations: readonly string[] = ours): Database {
  try {
    const db = new Sqlite(file, { timeout: BUSY_TIMEOUT });
    try {
      refuseNewer(db, file, migrations.length);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      migrate(db, file, migrations);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw fromSqlite(error, file);
  }
}

/** Moves everything from the write-ahead log into the database file, then closes it. */
export function closeDatabase(db: Database): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

/**
 * Writes without waiting for the disk: only for rows that a power cut may lose. Not inside a transaction.
 */
export function writeRelaxed(db: Database, write: () => void): void {
  db.pragma('synchronous = NORMAL');
  try {
    write();
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/**
 * Locks a file for this process with an exclusive transaction; the system ends it with the process.
 * @returns undefined when another process has the lock for longer than `patienceMs`.
 */
export function openExclusive(file: string, patienceMs: number): { release(): void } | undefined {
  const db = new Sqlite(file, { timeout: patienceMs });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return { release: () => db.close() };
  } catch (error) {
    db.close();
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw fromSqlite(error, file);
  }
}

/** Translates errors of SQLite that a person can act on; returns others as they are. */
export function fromSqlite(error: unknown, file = 'The database'): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  if (error.code === 'SQLITE_FULL') {
    const message = `No space is left for ${file}; free some, and it goes on by itself.`;
    return new CosmosError('no_space_here', message, {}, { cause: error });
  }
  if (error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT')) {
    const message = `${file} is damaged. Stop the daemon, move the file away and put a backup copy in its place.`;
    return new CosmosError('internal', message, { file }, { cause: error });
  }
  return error;
}

function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function refuseNewer(db: Database, file: string, known: number): void {
  const found = versionOf(db);
  if (found <= known) return;
  throw new CosmosError(
    'state_newer',
    `${file} has schema version ${found}, written by a newer Cosmos Bridge; this one knows version ${known}. ` +
      'Update Cosmos Bridge, or use another folder with --state-dir.',
    { file, found, known },
  );
}

/** Runs all missing migrations in one transaction, so that the schema is never half migrated. */
function migrate(db: Database, file: string, migrations: readonly string[]): void {
  const from = versionOf(db);
  if (from < migrations.length) {
    if (from > 0) backUp(db, `${file}.v${from}.backup`);
    db.pragma('foreign_keys = OFF'); // a step may rebuild a table that others refer to
    db.transaction(() => {
      for (const sql of migrations.slice(from)) db.exec(sql);
      db.pragma(`user_version = ${migrations.length}`);
    }).immediate();
  }
  db.pragma('foreign_keys = ON');
}

/** Makes a consistent copy under a name that only a complete copy gets. Replaces the copy of an earlier try. */
function backUp(db: Database, file: string): void {
  const partial = path.join(path.dirname(file), `.${path.basename(file)}.partial`);
  rmSync(partial, { force: true });
  db.prepare('VACUUM INTO ?').run(partial);
  renameSync(partial, file);
}
