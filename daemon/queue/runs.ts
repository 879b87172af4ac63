/** Runs and attempts: which job was a member of which run, and how the attempt ended. */
import { Attempt, type EngineName, type FailureClass, type Job, Run } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import { CosmosError } from '../errors.js';
import type { Database } from './db.js';
import { newRunId } from './ids.js';
import type { Journal } from './journal.js';

/** A run that will be created. */
export interface NewRun {
  readonly host: string;
  readonly slot: number;
  readonly engine: EngineName;
  readonly batchKey: string;
  /** Dollars. */
  readonly pricePerHour: number;
}

export type AttemptPatch = Partial<Pick<Attempt, 'logFrom' | 'logTo' | 'outcome' | 'error' | 'startedAt' | 'endedAt'>>;

/** How an attempt ended. */
export interface Settlement {
  readonly outcome: NonNullable<Attempt['outcome']>;
  readonly error: string | null;
  readonly errorClass: FailureClass | null;
}

export class RunStore {
  private readonly sql;

  constructor(
    db: Database,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    this.sql = prepare(db);
  }

  get(id: string): Run | undefined {
    const row = this.sql.get.get(id);
    return row && toRun(row);
  }

  /** The newest `limit` runs, newest last. */
  list(limit = 1000): Run[] {
    return this.sql.list.all(limit).map(toRun);
  }

  /** Runs that hold a slot. */
  open(): Run[] {
    return this.sql.open.all().map(toRun);
  }

  /** Attempts of a job or of a run, oldest first, then by position in the run. */
  attempts(id: string): Attempt[] {
    return this.sql.attempts.all(id, id).map((row) => Attempt.parse(row));
  }

  /** Records that the process of the run exists. May be repeated. */
  started(id: string): Run {
    return this.change(id, 'started', () => this.sql.started.run(isoNow(this.clock), id));
  }

  /** Records that the run has ended and its slot is free; `exitCode` null = none was written. May be repeated. */
  ended(id: string, exitCode: number | null): Run {
    return this.change(id, 'ended', () => this.sql.ended.run(exitCode, isoNow(this.clock), id));
  }

  /** Adds facts to the attempt with that number; attempts that the run never reached are not counted. */
  patchAttempt(job: string, number: number, patch: AttemptPatch): void {
    const before = this.attempts(job).find((attempt) => attempt.number === number && attempt.outcome !== 'unreached');
    if (before === undefined) throw new CosmosError('not_found', `${job} has no attempt ${number}.`, { job, number });
    this.sql.patchAttempt.run({ ...before, ...patch });
  }

  /** Writes a new run; its members follow with {@link addMember}. Only inside a transaction of the journal. */
  create(planned: NewRun, members: readonly string[]): Run {
    const { host, slot, engine, batchKey, pricePerHour } = planned;
    const run: Run = {
      ...{ id: newRunId(), host, engine, slot, batchKey, pricePerHour, members: [...members] },
      ...{ state: 'open', exitCode: null, createdAt: isoNow(this.clock), startedAt: null, endedAt: null },
    };
    this.sql.create.run(run.id, host, engine, slot, batchKey, run.state, pricePerHour, run.createdAt);
    this.journal.append('run', 'created', run.id, run);
    return run;
  }

  /** Writes a run of another installation, with its id. Only inside a transaction; writes no journal row. */
  adopt({ members: _, ...run }: Run): void {
    this.sql.adopt.run(run);
  }

  addMember(run: Run, job: Job, position: number): void {
    this.sql.addMember.run(run.id, job.id, job.attempt, position);
  }

  /** Records that the member has started. */
  memberStarted(job: Job): void {
    this.sql.memberStarted.run(job.startedAt, job.run, job.id);
  }

  /** Records how the attempt ended; only the first call counts. */
  settle(job: Job, at: string, { outcome, error, errorClass }: Settlement): void {
    this.sql.settle.run(outcome, error, errorClass, at, job.run, job.id);
  }

  private change(id: string, type: string, write: () => { changes: number }): Run {
    return this.journal.transaction(() => {
      const { changes } = write();
      const run = this.get(id);
      if (run === undefined) throw new CosmosError('not_found', `There is no run ${id}.`, { id });
      if (changes > 0) this.journal.append('run', type, id, run);
      return run;
    });
  }
}

type RunRow = Omit<Run, 'members'> & { members: string };

function toRun(row: RunRow): Run {
  return Run.parse({ ...row, members: JSON.parse(row.members) });
}

const RUN = `SELECT runs.*, (SELECT json_group_array(job ORDER BY position) FROM attempts WHERE run = runs.id) AS members
             FROM runs`;
const ATTEMPT = 'SELECT job, number, run, position, logFrom, logTo, outcome, error, startedAt, endedAt FROM attempts';

function prepare(db: Database) {
  return {
    get: db.prepare<[string], RunRow>(`${RUN} WHERE id = ?`),
    list: db.prepare<[number], RunRow>(`SELECT * FROM (${RUN} ORDER BY seq DESC LIMIT ?) ORDER BY seq`),
    open: db.prepare<[], RunRow>(`${RUN} WHERE state = 'open' ORDER BY seq`),
    create: db.prepare<unknown[]>(
      `INSERT INTO runs (id, host, engine, slot, batchKey, state, pricePerHour, createdAt) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    adopt: db.prepare<[object]>(`
      INSERT INTO runs (id, host, engine, slot, batchKey, state, exitCode, pricePerHour, createdAt, startedAt, endedAt)
      VALUES (@id, @host, @engine, @slot, @batchKey, @state, @exitCode, @pricePerHour, @createdAt, @startedAt, @endedAt)`),
    started: db.prepare<[string, string]>('UPDATE runs SET startedAt = ? WHERE id = ? AND startedAt IS NULL'),
    ended: db.prepare<[number | null, string, string]>(
      `UPDATE runs SET state = 'ended', exitCode = ?, endedAt = ? WHERE id = ? AND state = 'open'`,
    ),
    attempts: db.prepare<[string, string], object>(`${ATTEMPT} WHERE job = ? OR run = ? ORDER BY seq`),
    patchAttempt: db.prepare<[object]>(`
      UPDATE attempts SET logFrom = @logFrom, logTo = @logTo, outcome = @outcome, error = @error,
        startedAt = @startedAt, endedAt = @endedAt WHERE run = @run AND job = @job`),
    addMember: db.prepare<[string, string, number, number]>(
      'INSERT INTO attempts (run, job, number, position) VALUES (?, ?, ?, ?)',
    ),
    memberStarted: db.prepare<[string | null, string | null, string]>(
      'UPDATE attempts SET startedAt = ? WHERE run = ? AND job = ? AND startedAt IS NULL',
    ),
    settle: db.prepare<[string, string | null, string | null, string, string | null, string]>(`
      UPDATE attempts SET outcome = ?, error = ?, errorClass = ?, endedAt = ?
      WHERE run = ? AND job = ? AND outcome IS NULL`),
  };
}
