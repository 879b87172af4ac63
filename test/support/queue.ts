import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Move } from '../../daemon/job/life.js';
import { closeDatabase, type Database, openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import { ResultStore } from '../../daemon/queue/results.js';
import { RunStore } from '../../daemon/queue/runs.js';
import type { Job } from '../../schemas/index.js';
import { ManualClock } from './clock.js';
import { draft } from './jobs.js';
import { tempDir } from './tmp.js';

export interface TestQueue {
  readonly file: string;
  readonly db: Database;
  readonly clock: ManualClock;
  readonly journal: Journal;
  readonly queue: Queue;
  readonly runs: RunStore;
  readonly results: ResultStore;
}

/** A real database with everything that stands on it; closed when the test ends. */
export function openQueue(file = path.join(tempDir(), 'cosmos.db')): TestQueue {
  const db = openDatabase(file);
  const clock = new ManualClock();
  const journal = new Journal(db, clock);
  onTestFinished(() => {
    if (db.open) closeDatabase(db);
  });
  return {
    ...{ file, db, clock, journal, queue: new Queue(db, journal, clock) },
    ...{ runs: new RunStore(db, journal, clock), results: new ResultStore(db, journal) },
  };
}
/** Moves without a competing writer. */
export function move(queue: Queue, job: Job, ...moves: Move[]): Job {
  return moves.reduce((now, next) => {
    const moved = queue.move(now, next);
    if (moved === undefined) throw new Error(`lost ${next.event} of ${job.id}`);
    return moved;
  }, job);
}

/** Jobs that wait for a slot. */
export function queued(queue: Queue, ...changes: Parameters<typeof draft>[0][]): Job[] {
  const jobs = queue.submit((changes.length === 0 ? [{}] : changes).map((change) => draft(change)));
  return jobs.map((job) => move(queue, job, { event: 'prepared' }));
}

export const slot = { host: 'local', slot: 0, engine: 'preview', batchKey: 'preview', pricePerHour: 0 } as const;

/** A job that a new run holds, in state staging. */
export function claimed(queue: Queue, [job]: Job[] = queued(queue)): Job {
  const claim = job && queue.claim({ ...slot, jobs: [job] });
  const member = claim?.jobs[0];
  if (member === undefined) throw new Error('lost the claim');
  return member;
}
