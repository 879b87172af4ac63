/**
 * Jobs a second through the whole queue (submit, prepared, claimed, staged, started, finished, collected: seven
 * transactions), beside hand-written SQL of the same durability: WAL, synchronous=FULL, compare-and-set, one journal row
 * a transaction with a text of the same length. Both write about 1 KiB of journal a move.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { systemClock } from '../../daemon/clock.js';
import type { JobEvent } from '../../daemon/job/life.js';
import { closeDatabase, type Database, openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import { draft } from '../support/jobs.js';

const ROUNDS = 3;
/** The contenders take turns in small slices, so that a slow moment of the disk hits both. */
const SLICES = 20;
const SLICE_JOBS = 50;
/** Design section 13. */
const ANCHOR = 0.8;

interface Contender {
  /** One job from submit to success. */
  work(): void;
  close(): void;
}

export async function bench(): Promise<void> {
  const rounds = Array.from({ length: ROUNDS }, (_, index) => runRound(index + 1));
  const [ours, floor] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.floor))];
  const ratio = median(rounds.map((round) => round.ours / round.floor));
  console.log(
    `queue ${ours.toFixed(0)} jobs/s, floor ${floor.toFixed(0)} jobs/s, ratio ${ratio.toFixed(2)} (anchor >= ${ANCHOR}); ` +
      `medians of ${ROUNDS} rounds of ${SLICES * SLICE_JOBS} jobs, 7 transactions each`,
  );
}

function runRound(number: number): { ours: number; floor: number } {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  const contenders = [new OurQueue(folder), new Floor(folder)];
  const seconds = contenders.map(() => 0);
  for (let slice = 0; slice < SLICES; slice++) {
    for (const [index, contender] of contenders.entries()) seconds[index] = must(seconds[index]) + time(contender);
  }
  for (const contender of contenders) contender.close();
  rmSync(folder, { recursive: true, force: true });
  const [ours = 0, floor = 0] = seconds.map((taken) => (SLICES * SLICE_JOBS) / taken);
  console.log(`round ${number}: queue ${ours.toFixed(0)} jobs/s, floor ${floor.toFixed(0)} jobs/s`);
  return { ours, floor };
}

/** Seconds of one slice. */
function time(contender: Contender): number {
  const start = systemClock.monotonic();
  for (let index = 0; index < SLICE_JOBS; index++) contender.work();
  return (systemClock.monotonic() - start) / 1000;
}

const slot = { host: 'local', slot: 0, engine: 'preview', batchKey: 'preview', pricePerHour: 0 } as const;
const LATER: readonly JobEvent[] = ['staged', 'started', 'finished', 'collected'];

class OurQueue implements Contender {
  private readonly db: Database;
  private readonly queue: Queue;

  constructor(folder: string) {
    this.db = openDatabase(path.join(folder, 'cosmos.db'));
    this.queue = new Queue(this.db, new Journal(this.db, systemClock), systemClock);
  }

  work(): void {
    const [submitted] = this.queue.submit([draft()]);
    const waiting = must(this.queue.move(must(submitted), { event: 'prepared' }));
    let job = must(must(this.queue.claim({ ...slot, jobs: [waiting] })).jobs[0]);
    for (const event of LATER) job = must(this.queue.move(job, { event }));
  }

  close(): void {
    closeDatabase(this.db);
  }
}

const FLOOR_SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE jobs (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, fence INTEGER NOT NULL,
    data TEXT NOT NULL);
  CREATE INDEX jobs_state ON jobs (state);
  CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
    id TEXT NOT NULL, data TEXT NOT NULL);`;

const STATES = ['preparing', 'queued', 'staging', 'staged', 'running', 'collecting', 'succeeded'] as const;

class Floor implements Contender {
  private readonly db: Sqlite.Database;
  private readonly submit;
  private readonly move;
  private count = 0;

  constructor(folder: string) {
    this.db = new Sqlite(path.join(folder, 'floor.db'));
    this.db.exec(FLOOR_SCHEMA);
    const insert = this.db.prepare('INSERT INTO jobs (id, state, fence, data) VALUES (?, ?, 0, ?)');
    const update = this.db.prepare(
      'UPDATE jobs SET state = ?, fence = fence + 1 WHERE id = ? AND state = ? AND fence = ?',
    );
    const append = this.db.prepare('INSERT INTO journal (at, kind, type, id, data) VALUES (?, ?, ?, ?, ?)');
    const text = JSON.stringify({ ...draft(), padding: 'x'.repeat(400) });
    this.submit = this.db.transaction((id: string) => {
      insert.run(id, 'preparing', text);
      append.run(new Date().toISOString(), 'job', 'created', id, text);
    });
    this.move = this.db.transaction((id: string, from: string, to: string, fence: number) => {
      if (update.run(to, id, from, fence).changes !== 1) throw new Error('lost');
      append.run(new Date().toISOString(), 'job', to, id, text);
    });
  }

  work(): void {
    const id = `job-${this.count++}`;
    this.submit.immediate(id);
    for (const [fence, from] of STATES.slice(0, -1).entries())
      this.move.immediate(id, from, must(STATES[fence + 1]), fence);
  }

  close(): void {
    this.db.close();
  }
}

function median(values: readonly number[]): number {
  return must([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the bench lost a race, although it runs alone');
  return value;
}
