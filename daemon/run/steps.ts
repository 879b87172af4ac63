/** What is done in each state of job/life.ts, with one engine and one host. Every step may run twice. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Job } from '../../schemas/index.js';
import { publish } from '../artifact/publish.js';
import { CosmosError } from '../errors.js';
import type { HostCommand } from '../host/host.js';
import type { Move, Steps } from '../job/life.js';
import type { MemberOutcome, MemberProgress } from '../workload/engine.js';
import { aboutRun } from './about.js';
import { LOG } from './bounds.js';
import { deliveryOf } from './delivery.js';
import { finalMove, LATER, moveFor, outputGone, talkedWithoutEnd } from './ending.js';
import { withEvidence } from './evidence.js';
import { followRun, mirrorRest } from './follow.js';
import { type Assignment, assignmentOf, membersOf, stagedFiles } from './members.js';
import type { RunDependencies } from './needs.js';
import type { PrepareTurns } from './prepare-turns.js';

import type { StepWork } from './work-turns.js';

/** How often a run may write nothing for the whole limit while its GPUs work. */
const PATIENCE = 3;

export class RunSteps implements Steps {
  /** Run -> how often it wrote nothing for the whole limit, since this step follows it. */
  private readonly silences = new Map<string, number>();

  constructor(
    private readonly deps: RunDependencies,
    private readonly turns: { readonly prepare: PrepareTurns; readonly work: StepWork },
    /** Aborts the step in flight: a person stops the job, or the daemon ends. */
    private readonly signal: AbortSignal,
  ) {}

  async prepare(job: Job): Promise<Move> {
    const { preparer, queue, progress } = this.deps;
    const report = (stage: string, fraction: number) => progress.report(job.id, stage, fraction);
    await this.turns.work.enter();
    const prepared = await this.turns.prepare.take(this.signal, () => {
      this.turns.work.note();
      return preparer.prepare(job, this.signal, report);
    });
    queue.setPrepared(job.id, prepared);
    const reason = this.deps.holdReason(job, prepared);
    return reason === null ? { event: 'prepared' } : { event: 'held', patch: { reason } };
  }

  async stage(job: Job): Promise<Move> {
    await this.turns.work.begin();
    const assignment = assignmentOf(job, this.deps);
    const files = stagedFiles(assignment, this.deps.stateDir);
    this.deps.progress.report(job.id, 'copying inputs', 0);
    await assignment.offer.host.stage(assignment.run, files, this.signal);
    return { event: 'staged' };
  }

  async start(job: Job): Promise<Move> {
    await this.turns.work.begin();
    const assignment = assignmentOf(job, this.deps);
    const { run, offer } = assignment;
    const { state } = await offer.host.inspect(run);
    if (state === 'absent') {
      if (this.deps.runs.get(run)?.state === 'ended') throw outputGone(job); // its folder was removed
      await offer.reserve?.(this.slotOf(run), run);
      await offer.host.start(run, this.commandOf(assignment));
      await this.deps.boundary?.('staged.started.spawned');
    }
    this.deps.runs.started(run);
    return { event: 'started', patch: { progress: 0 } };
  }

  async attach(job: Job): Promise<Move> {
    await this.turns.work.begin();
    const assignment = assignmentOf(job, this.deps);
    const { run, offer, engine } = assignment;
    const { logs, clock, settings } = this.deps;
    const { how, refused } = await followRun({
      ...{ run, logs, clock, host: offer.host, signal: this.signal, sideLogs: engine.sideLogs ?? [], job: job.id },
      reader: engine.logReader(membersOf(run, this.deps), offer.seat?.(this.slotOf(run), run).gpus.length),
      stallMs: settings.stallMinutes === null ? null : settings.stallMinutes * 60_000,
      onProgress: (progress, isNew) => this.note(job, progress, isNew),
      onReplayed: () => this.turns.work.rest(), // a crash hours later is not due to this step
    });
    await this.turns.work.begin();
    if (how === 'ended') return await this.ended(assignment);
    if (how === 'endless') {
      await this.release(job);
      return talkedWithoutEnd(logs.size(run));
    }
    if (refused === undefined) return await this.silent(assignment);
    await this.release(job); // on several GPUs a refused run never ends by itself
    return finalMove('refused', refused);
  }

  async collect(job: Job): Promise<Move> {
    await this.turns.work.begin();
    const assignment = assignmentOf(job, this.deps);
    const outcome = await this.judge(assignment, this.deps.runs.get(assignment.run)?.exitCode ?? null);
    if (outcome.kind !== 'succeeded') throw outputGone(job, outcome);
    this.deps.progress.report(job.id, 'collecting', 0);
    const { result, seals } = await publish(
      deliveryOf(assignment, outcome.outputs, this.deps, this.signal),
      this.signal,
    );
    this.deps.results.put(result, seals);
    return { event: 'collected', patch: { output: result.video, progress: 1, error: null } };
  }

  async stop(job: Job): Promise<Move> {
    await this.turns.work.begin();
    await this.release(job);
    if (job.stopReason !== 'stall') return { event: 'stopped', patch: { reason: 'Cancelled.' } };
    const error = { code: 'run_failed', class: 'transient', message: job.reason } as const;
    return { event: 'failed', patch: { error, reason: job.reason } };
  }

  /** Ends the run of the job and verifies that, keeps the end of its log, and frees the slot. */
  async release(job: Job): Promise<void> {
    const { offers, runs, logs } = this.deps;
    const run = job.run === null ? undefined : runs.get(job.run);
    if (run === undefined || run.state === 'ended') return; // there is nothing to end
    if (job.state === 'staging') {
      runs.ended(run.id, null); // nothing was started, and a full host could not store the mark that forbids a start
      return;
    }
    const host = offers.get(run.host)?.host;
    if (host === undefined)
      throw new CosmosError('no_host', `The host ${run.host} of ${run.id} is not known any more.`);
    await host.stop(run.id);
    await mirrorRest({ run: run.id, host, logs, signal: this.signal }).catch((error: unknown) => {
      this.deps.log.warn({ err: error, run: run.id }, 'the end of a stopped log was not kept'); // the slot matters more
    });
    const status = await host.inspect(run.id);
    await offers.get(run.host)?.release?.(run.id);
    runs.ended(run.id, status.state === 'exited' ? status.exitCode : null);
  }

  private note(job: Job, { job: member, stage, fraction, logFrom }: MemberProgress, isNew: boolean): void {
    if (member !== job.id) return; // that member has its own drive
    if (logFrom !== undefined) this.deps.runs.patchAttempt(job.id, job.attempt, { logFrom });
    this.deps.progress.reportTimed(job.id, stage, fraction, isNew);
  }

  private async ended(assignment: Assignment): Promise<Move> {
    const { job, run, offer } = assignment;
    const status = await offer.host.inspect(run);
    const exitCode = status.state === 'exited' ? status.exitCode : null;
    const outcome = await this.judge(assignment, exitCode);
    this.deps.runs.patchAttempt(job.id, job.attempt, { logTo: this.deps.logs.size(run) });
    await offer.release?.(run);
    this.deps.runs.ended(run, exitCode);
    if (outcome.kind === 'unreached' && !this.isFirst(job, run)) return LATER;
    const log = { bytes: this.deps.logs.size(run), tail: await this.deps.logs.tail(run) };
    if (log.bytes > LOG.total && outcome.kind !== 'succeeded') return talkedWithoutEnd(log.bytes);
    const outOfMemory = status.state === 'exited' && status.outOfMemory === true;
    return moveFor({ job, outcome, exitCode, outOfMemory, log });
  }

  /** When a run does not even reach its first member, the run itself is broken, and that counts as a try. */
  private isFirst(job: Job, run: string): boolean {
    return this.deps.runs.get(run)?.members[0] === job.id;
  }

  /**
   * A silent run may still work while its GPUs are busy. The patience has a limit: ranks in a deadlock are busy too.
   */
  private async silent(assignment: Assignment): Promise<Move> {
    const { run, offer, job } = assignment;
    const status = await offer.host.inspect(run);
    // The log did grow, but we did not receive it: this computer was asleep, or the connection was dead.
    if (status.state !== 'running' || status.logBytes > this.deps.logs.size(run)) return this.attach(job);
    const look = await offer.look?.(this.slotOf(run));
    const times = (this.silences.get(run) ?? 0) + 1;
    this.silences.set(run, times);
    if (look?.isWorking === true && times < PATIENCE) return this.attach(job);
    if (look !== undefined) await this.saveActivity(run, look.text);
    const doing = look === undefined ? '' : ` Its GPUs: ${look.text.replaceAll('\n', '; ')}.`;
    const minutes = times * (this.deps.settings.stallMinutes ?? 0);
    const reason = `The run said nothing for ${minutes} minutes and was stopped.${doing}`;
    return { event: 'stop', patch: { stopReason: 'stall', reason } };
  }

  /** Kept beside the log, for people who want to know why the run hung. */
  private async saveActivity(run: string, text: string): Promise<void> {
    const folder = this.deps.stateDir.run(run);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'stall.txt'), `${text}\n`);
  }

  private async judge({ run, offer, engine, member }: Assignment, exitCode: number | null): Promise<MemberOutcome> {
    const evidence = engine.evidence?.(member) ?? [];
    const files = await withEvidence(offer.host, run, evidence, this.deps.stateDir.run(run), this.signal);
    return engine.outcome(member, files, await this.deps.logs.tail(run), exitCode);
  }

  private commandOf({ run, engine, offer }: Assignment): HostCommand {
    const seat = offer.seat?.(this.slotOf(run), run);
    const command = engine.command(membersOf(run, this.deps), offer.host.runFolder(run), seat);
    const { argv, env } = command;
    const container = offer.container?.(engine.name, command);
    return {
      argv,
      env,
      logLimit: LOG.total,
      about: aboutRun(run, this.deps),
      ...(container === undefined ? {} : { container }),
    };
  }

  private slotOf(run: string): number {
    return this.deps.runs.get(run)?.slot ?? 0;
  }
}
