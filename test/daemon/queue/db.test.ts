import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { closeDatabase, openDatabase } from '../../../daemon/queue/db.js';
import { migrations } from '../../../daemon/queue/migrations/index.js';
import { openQueue, queued } from '../../support/queue.js';
import { tempDir } from '../../support/tmp.js';

const newFile = () => path.join(tempDir(), 'cosmos.db');
const second = [...migrations, 'ALTER TABLE clips ADD COLUMN colour TEXT'];

test('an empty file gets the present schema, durable and with references checked', () => {
  const file = newFile();
  const db = openDatabase(file);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('synchronous', { simple: true })).toBe(2); // FULL
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(existsSync(`${file}.v0.backup`)).toBe(false);
  closeDatabase(db);
  expect(existsSync(`${file}-wal`)).toBe(false);
});

test('every old schema still opens', () => {
  for (const version of migrations.keys()) {
    const file = newFile();
    closeDatabase(openDatabase(file, migrations.slice(0, version + 1)));
    const db = openDatabase(file);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    closeDatabase(db);
  }
});

test('a migration keeps the data and leaves a copy of the old database', () => {
  const { file, db, queue } = openQueue();
  const [job] = queued(queue);
  closeDatabase(db);

  const migrated = openDatabase(file, second);
  expect(migrated.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
  expect(migrated.prepare('SELECT id FROM jobs').all()).toEqual([{ id: job?.id }]);
  migrated.prepare('SELECT colour FROM clips').all();
  closeDatabase(migrated);

  const copy = openDatabase(`${file}.v${migrations.length}.backup`);
  expect(copy.prepare('SELECT id FROM jobs').all()).toEqual([{ id: job?.id }]);
  expect(() => copy.prepare('SELECT colour FROM clips')).toThrow('no such column');
  closeDatabase(copy);
});

test('a migration that fails changes nothing, and can be tried again', () => {
  const file = newFile();
  closeDatabase(openDatabase(file));
  const broken = [...second, 'CREATE TABLE clips (a)'];
  expect(() => openDatabase(file, broken)).toThrow('already exists');
  const db = openDatabase(file, second);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length + 1);
  closeDatabase(db);
});

test('a database of a newer version is refused, untouched, naming both versions', () => {
  const file = newFile();
  closeDatabase(openDatabase(file, second));
  const known = migrations.length;
  expect(() => openDatabase(file)).toThrow(
    expect.objectContaining({
      code: 'state_newer',
      message: expect.stringMatching(new RegExp(`version ${known + 1}.* version ${known}\\.`)),
      data: { file, found: known + 1, known },
    }),
  );
});

test('a file that is no database is called damaged, with what to do', () => {
  const file = newFile();
  writeFileSync(file, 'not a database at all, but long enough to be read as one'.repeat(10));
  expect(() => openDatabase(file)).toThrow(/is damaged.*backup/);
});
