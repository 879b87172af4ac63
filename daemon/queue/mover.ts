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
  /** Members in running order, as they were when they were chosen. */
  readonly jobs: readonly Job[];
}

export class Mover {
  constructor(
    private readonly sql: JobStatements,
    private readonly runs: RunStore,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {}

  /** Undefined = the job is no longer as the caller holds it: somebody else moved it. */
  move(job: Job, move: Move): Job | undefined {
    const target = withoutTold(after(job, move, isoNow(this.clock)));
    return this.journal.transaction(() => {
      const order = this.sql.move.get(...movedValues(target), job.id, job.state, job.fence);
      if (order === undefined) return undefined;
      if (move.patch?.settings !== undefined) this.resettle(target, move);
      this.record(target, move);
      // An equal fence proves that only the order can differ from what the caller holds.
      const moved = { ...target, ...order };
      this.journal.append('job', move.event, job.id, moved);
      return moved;
    });
  }

  /** Undefined = one of the jobs was moved meanwhile; then there is neither run nor member. */
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
      this.sql.settle.run(text, id); // who lets it go as it is wants what was prepared
    else this.sql.resettle.run(text, engine, id);
  }

  /** What the move says about the attempt behind it. */
  private record(job: Job, move: Move): void {
    if (move.event === 'started') this.runs.memberStarted(job);
    const settlement = settlementOf(job, move);
    if (settlement !== undefined) this.runs.settle(job, job.updatedAt, settlement);
  }
}

/** Why a job is where it is may be told in the words of a host or of a log. */
function withoutTold(job: Job): Job {
  return { ...job, reason: withoutSecrets(job.reason), error: job.error && withoutSecretsIn(job.error) };
}

/** Takes a claim back; never leaves this file. */
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

/** That a person gave up the host says nothing about the group of the job: it does not count there. */
function classOf({ error }: Job): Settlement['errorClass'] {
  return error?.code === 'host_forgotten' ? null : (error?.class ?? 'transient');
}
