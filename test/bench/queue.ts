/**
 * Jobs a second through the whole queue (submit, prepared, claimed, staged, started, finished, collected: seven
 * transactions), beside hand-written SQL that records the same facts with the same durability: WAL, synchronous=FULL,
 * compare-and-set, run and attempt, and a journal row as long as ours for every change.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { systemClock } from '../../daemon/clock.js';
import type { JobEvent } from '../../daemon/job/life.js';
import { closeDatabase, type Database, openDatabase } from '../../daemon/queue/db.js';
import { newJobId, newRunId } from '../../daemon/queue/ids.js';
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

/** The same facts with the fewest tables, indexes and statements that hold them. */
const FLOOR_SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE jobs (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, fence INTEGER NOT NULL,
    run TEXT, attempt INTEGER, host TEXT, updatedAt TEXT, startedAt TEXT, endedAt TEXT, data TEXT NOT NULL);
  CREATE INDEX jobs_state ON jobs (state);
  CREATE TABLE runs (id TEXT NOT NULL UNIQUE, host TEXT, slot INTEGER, batchKey TEXT, state TEXT, createdAt TEXT);
  CREATE TABLE attempts (job TEXT, run TEXT, number INTEGER, startedAt TEXT, endedAt TEXT, outcome TEXT,
    UNIQUE (job, number));
  CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
    id TEXT NOT NULL, data TEXT NOT NULL);`;

/** As long as a job is as JSON. */
const JOB_TEXT = JSON.stringify({ ...draft(), rest: 'x'.repeat(400) });
const RUN_TEXT = 'x'.repeat(200);
/** Moves that write nothing but the job. */
const PLAIN = [
  ['preparing', 'queued', 0],
  ['staging', 'staged', 2],
  ['running', 'collecting', 4],
] as const;

class Floor implements Contender {
  private readonly db: Sqlite.Database;
  private readonly steps;

  constructor(folder: string) {
    this.db = new Sqlite(path.join(folder, 'floor.db'));
    this.db.exec(FLOOR_SCHEMA);
    this.steps = prepareFloor(this.db);
  }

  work(): void {
    const [job, run] = [newJobId(), newRunId()];
    const [toQueued, toStaged, toCollecting] = PLAIN;
    this.steps.submit.immediate(job);
    this.steps.move.immediate(job, ...toQueued);
    this.steps.claim.immediate(job, run);
    this.steps.move.immediate(job, ...toStaged);
    this.steps.start.immediate(job);
    this.steps.move.immediate(job, ...toCollecting);
    this.steps.end.immediate(job);
  }

  close(): void {
    this.db.close();
  }
}

function prepareFloor(db: Sqlite.Database) {
  const insertJob = db.prepare("INSERT INTO jobs (id, state, fence, data) VALUES (?, 'preparing', 0, ?)");
  const insertRun = db.prepare("INSERT INTO runs VALUES (?, 'local', 0, 'preview', 'open', ?)");
  const insertAttempt = db.prepare('INSERT INTO attempts (job, run, number) VALUES (?, ?, 1)');
  const begin = db.prepare('UPDATE attempts SET startedAt = ? WHERE job = ? AND number = 1');
  const settle = db.prepare("UPDATE attempts SET outcome = 'succeeded', endedAt = ? WHERE job = ? AND number = 1");
  const enter = db.prepare("UPDATE jobs SET run = ?, attempt = 1, host = 'local' WHERE id = ?");
  const update = db.prepare(
    'UPDATE jobs SET state = ?, fence = fence + 1, updatedAt = ? WHERE id = ? AND state = ? AND fence = ?',
  );
  const append = db.prepare('INSERT INTO journal (at, kind, type, id, data) VALUES (?, ?, ?, ?, ?)');
  const now = () => new Date().toISOString();
  const change = (job: string, from: string, to: string, fence: number) => {
    if (update.run(to, now(), job, from, fence).changes !== 1) throw new Error('lost');
    append.run(now(), 'job', to, job, JOB_TEXT);
  };
  return {
    move: db.transaction(change),
    submit: db.transaction((job: string) => {
      insertJob.run(job, JOB_TEXT);
      append.run(now(), 'job', 'created', job, JOB_TEXT);
    }),
    claim: db.transaction((job: string, run: string) => {
      insertRun.run(run, now());
      append.run(now(), 'run', 'created', run, RUN_TEXT);
      change(job, 'queued', 'staging', 1);
      enter.run(run, job);
      insertAttempt.run(job, run);
    }),
    start: db.transaction((job: string) => {
      change(job, 'staged', 'running', 3);
      begin.run(now(), job);
    }),
    end: db.transaction((job: string) => {
      change(job, 'collecting', 'succeeded', 5);
      settle.run(now(), job);
    }),
  };
}

function median(values: readonly number[]): number {
  return must([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the bench lost a race, although it runs alone');
  return value;
}
