/** The only code that changes a job's state in the database: one compare-and-set, one journal row, one transaction. */
import type { Job, Run } from '../../schemas/index.js';
import { type Clock, isoNow } from '../clock.js';
import type { Move } from '../job/life.js';
import { withoutSecrets, withoutSecretsIn } from '../secrets.js';
import { after, isUnreached } from './after.js';
import { movedValues } from './job-row.js';
import type { JobStatements } from './job-sql.js';
import type { Journal } from './journal.js';
import type { NewRun, RunStore, Settlement } from './runs.js';

export interface Claim extends NewRun {
  /** Members in running order, as they were when the plan was made. */
  readonly jobs: readonly Job[];
}

export class Mover {
  constructor(
    private readonly sql: JobStatements,
    private readonly runs: RunStore,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** undefined = the job was moved since the caller read it. */
  move(job: Job, move: Move): Job | undefined {
    const target = withoutSecretTexts(after(job, move, isoNow(this.clock)));
    return this.journal.transaction(() => {
      const order = this.sql.move.get(...movedValues(target), job.id, job.state, job.fence);
      if (order === undefined) return undefined;
      if (move.patch?.settings !== undefined) this.resettle(target, move);
      this.record(target, move);
      // The fence is equal, so only priority and position can differ from the job that the caller has.
      const moved = { ...target, ...order };
      this.journal.append('job', move.event, job.id, moved);
      return moved;
    });
  }

  /** undefined = one of the jobs was moved in the meantime; no run was created then. */
  claim(claim: Claim): { run: Run; jobs: Job[] } | undefined {
    try {
      return this.journal.transaction(() => {
        const members = claim.jobs.map((job) => job.id);
        const run = this.runs.create(claim, members);
        return { run, jobs: claim.jobs.map((job, position) => this.enter(job, run, position)) };
      });
    } catch (error) {
      if (error instanceof LostRace) return undefined; // everything was rolled back
      throw error;
    }
  }

  private enter(job: Job, run: Run, position: number): Job {
    const patch = { run: run.id, host: run.host, attempt: job.attempt + 1 };
    const member = this.move(job, { event: 'claimed', patch });
    if (member === undefined) throw new LostRace();
    this.runs.addMember(run, member, position);
    return member;
  }

  private resettle({ settings, engine, id }: Job, { event }: Move): void {
    const text = JSON.stringify(settings);
    if (event === 'released')
      this.sql.settle.run(text, id); // a release keeps what was prepared
    else this.sql.resettle.run(text, engine, id);
  }

  /** Records on the attempt what the move means for it. */
  private record(job: Job, move: Move): void {
    if (move.event === 'started') this.runs.memberStarted(job);
    const settlement = settlementOf(job, move);
    if (settlement !== undefined) this.runs.settle(job, job.updatedAt, settlement);
  }
}

/** Reasons and errors can quote a host or a log, so secrets are removed from them. */
function withoutSecretTexts(job: Job): Job {
  return { ...job, reason: withoutSecrets(job.reason), error: job.error && withoutSecretsIn(job.error) };
}

/** Rolls back a claim; it is caught in this file. */
class LostRace extends Error {}

function settlementOf(job: Job, move: Move): Settlement | undefined {
  const error = job.error?.message ?? null;
  switch (job.state) {
    case 'succeeded':
    case 'refused':
    case 'cancelled':
      return { outcome: job.state, error, errorClass: null };
    case 'failed':
      return { outcome: 'failed', error, errorClass: job.error?.class ?? null };
    case 'queued':
      if (move.event !== 'requeued' && move.event !== 'released') return undefined;
      if (move.event === 'released' || isUnreached(move))
        return { outcome: 'unreached', error: null, errorClass: null };
      return { outcome: 'failed', error: error ?? job.reason, errorClass: classOf(job) };
    case 'preparing':
    case 'held':
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
    case 'stopping':
      return undefined;
  }
}

/** A forgotten host is no failure of the job's group, so it gets no class and does not count. */
function classOf({ error }: Job): Settlement['errorClass'] {
  return error?.code === 'host_forgotten' ? null : (error?.class ?? 'transient');
}
