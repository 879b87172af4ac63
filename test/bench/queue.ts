/**
 * Jobs a second through the whole queue (submit, prepared, claimed, staged, started, finished, collected: seven
 * transactions), beside hand-written SQL of the same durability: WAL, synchronous=FULL, compare-and-set, one journal row
 * a transaction with a text of the same length. In alternating rounds, because disks have moods.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { systemClock } from '../../daemon/clock.js';
import type { JobEvent } from '../../daemon/job/life.js';
import { closeDatabase, openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import { draft } from '../support/jobs.js';

const JOBS = 1000;
const ROUNDS = 3;
/** Design section 13. */
const ANCHOR = 0.8;

const slot = { host: 'local', slot: 0, engine: 'preview', batchKey: 'preview', pricePerHour: 0 } as const;

export async function bench(): Promise<void> {
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    floor.push(inFreshFolder(runFloor));
    ours.push(inFreshFolder(runQueue));
    console.log(`round ${round}: queue ${ours.at(-1)?.toFixed(0)} jobs/s, floor ${floor.at(-1)?.toFixed(0)} jobs/s`);
  }
  const ratio = median(ours) / median(floor);
  console.log(
    `queue: ${median(ours).toFixed(0)} jobs/s, floor ${median(floor).toFixed(0)} jobs/s, ` +
      `ratio ${ratio.toFixed(2)} (anchor >= ${ANCHOR}), median of ${ROUNDS} x ${JOBS} jobs`,
  );
}

function runQueue(folder: string): number {
  const db = openDatabase(path.join(folder, 'cosmos.db'));
  const queue = new Queue(db, new Journal(db, systemClock), systemClock);
  const rate = measure(() => {
    for (const submitted of queue.submit([draft()])) {
      const waiting = must(queue.move(submitted, { event: 'prepared' }));
      let [job] = must(queue.claim({ ...slot, jobs: [waiting] })).jobs;
      for (const event of ['staged', 'started', 'finished', 'collected'] satisfies JobEvent[]) {
        job = must(queue.move(must(job), { event }));
      }
    }
  });
  closeDatabase(db);
  return rate;
}

const FLOOR_SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE jobs (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL, fence INTEGER NOT NULL,
    data TEXT NOT NULL);
  CREATE INDEX jobs_state ON jobs (state);
  CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL,
    id TEXT NOT NULL, data TEXT NOT NULL);`;

function runFloor(folder: string): number {
  const db = new Sqlite(path.join(folder, 'floor.db'));
  db.exec(FLOOR_SCHEMA);
  const insert = db.prepare('INSERT INTO jobs (id, state, fence, data) VALUES (?, ?, 0, ?)');
  const update = db.prepare('UPDATE jobs SET state = ?, fence = fence + 1 WHERE id = ? AND state = ? AND fence = ?');
  const append = db.prepare('INSERT INTO journal (at, kind, type, id, data) VALUES (?, ?, ?, ?, ?)');
  const text = JSON.stringify({ ...draft(), padding: 'x'.repeat(400) });
  const submit = db.transaction((id: string) => {
    insert.run(id, 'preparing', text);
    append.run(new Date().toISOString(), 'job', 'created', id, text);
  });
  const move = db.transaction((id: string, from: string, to: string, fence: number) => {
    if (update.run(to, id, from, fence).changes !== 1) throw new Error('lost');
    append.run(new Date().toISOString(), 'job', to, id, text);
  });
  const states = ['preparing', 'queued', 'staging', 'staged', 'running', 'collecting', 'succeeded'] as const;
  let count = 0;
  const rate = measure(() => {
    const id = `job-${count++}`;
    submit.immediate(id);
    for (const [fence, from] of states.slice(0, -1).entries()) move.immediate(id, from, must(states[fence + 1]), fence);
  });
  db.close();
  return rate;
}

/** Runs a second of it. */
function measure(one: () => void): number {
  const start = systemClock.monotonic();
  for (let index = 0; index < JOBS; index++) one();
  return (JOBS * 1000) / (systemClock.monotonic() - start);
}

function inFreshFolder(work: (folder: string) => number): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return must([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the bench lost a race, although it runs alone');
  return value;
}
