/** Enters a run that another installation began, with its jobs, in one transaction. */
import { type Attempt, type Job, Prepared, type Run } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import type { Database } from './db.js';
import { jobValues } from './job-row.js';
import { type JobStatements, prepareJobs } from './job-sql.js';
import type { Journal } from './journal.js';
import { Order } from './order.js';
import type { RunStore } from './runs.js';

export interface AdoptedJob {
  readonly job: Omit<Job, 'position' | 'updatedAt' | 'fence'>;
  readonly prepared: Prepared;
  /** How the attempt ended; null = it has not ended. */
  readonly outcome: Attempt['outcome'];
}

export class Adoptions {
  private readonly sql: JobStatements;
  private readonly order: Order;

  constructor(
    db: Database,
    private readonly runs: RunStore,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    this.sql = prepareJobs(db);
    this.order = new Order(db);
  }

  /** Whether this daemon knows the run or one of its jobs already. */
  knows(run: string, jobs: readonly string[]): boolean {
    return this.runs.get(run) !== undefined || jobs.some((id) => this.sql.get.get(id) !== undefined);
  }

  /** @param members in running order. @returns the jobs; none when they were entered in the meantime. */
  enter(run: Omit<Run, 'members'>, members: readonly AdoptedJob[]): Job[] {
    return this.journal.transaction(() => {
      const ids = members.map(({ job }) => job.id);
      if (this.knows(run.id, ids)) return [];
      const entered: Run = { ...run, members: ids };
      this.runs.adopt(entered);
      const jobs = members.map((member, position) => this.enterJob(entered, member, position));
      this.journal.append('run', 'adopted', run.id, entered);
      for (const job of jobs) this.journal.append('job', 'adopted', job.id, job);
      return jobs;
    });
  }

  private enterJob(run: Run, { job: facts, prepared, outcome }: AdoptedJob, position: number): Job {
    const updatedAt = isoNow(this.clock);
    const job: Job = { ...facts, position: this.order.last(), fence: 0, updatedAt };
    this.sql.insert.run(...jobValues(job), '[]', null); // its files were frozen where it was prepared
    this.sql.setPrepared.run(JSON.stringify(Prepared.parse(prepared)), job.id);
    this.runs.addMember(run, job, position);
    this.runs.memberStarted(job);
    // Without a class: failures of another installation must not pause a group of this one.
    if (outcome !== null)
      this.runs.settle(job, updatedAt, { outcome, error: job.error?.message ?? null, errorClass: null });
    return job;
  }
}
