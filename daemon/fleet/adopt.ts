/**
 * Rebuilds jobs from the run folders on a host, on a new machine or after the state folder was lost. The runner then
 * fetches their results. A job that ended without an output is entered as ended: only a person starts it again.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AdoptedRun, Job, Prepared, Run } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';
import { sha256Of } from '../artifact/sha256.js';
import { type Clock, isoNow } from '../clock.js';
import { CosmosError, toCosmosError, toJobError } from '../errors.js';
import { renameOver } from '../held-file.js';
import type { RunStatus } from '../host/host.js';
import type { FoundRun } from '../host/ssh/run-record.js';
import type { AdoptedJob } from '../queue/adoptions.js';
import { type JobAbout, RunAbout } from '../run/about.js';
import { LOG, sentLimit } from '../run/bounds.js';
import { withEvidence } from '../run/evidence.js';
import { mirror, mirrorRest } from '../run/follow.js';
import type { HostOffer } from '../run/host-offer.js';
import type { RunDependencies } from '../run/needs.js';
import type { Member, MemberOutcome } from '../workload/engine.js';

export interface AdoptNeeds extends Pick<RunDependencies, 'engines' | 'logs' | 'stateDir'> {
  readonly clock: Clock;
  readonly adoptions: {
    knows(run: string, jobs: readonly string[]): boolean;
    enter(run: Omit<Run, 'members'>, members: readonly AdoptedJob[]): Job[];
  };
}

/** Bytes at the end of the log that the engine reads to judge how a member ended. */
const TAIL = 2 ** 16;

export class Adoption {
  private readonly signal = new AbortController().signal;

  constructor(
    private readonly offer: HostOffer,
    private readonly needs: AdoptNeeds,
  ) {}

  /**
   * Adopts every run on the host. May be repeated. @param owner whose runs to adopt; undefined = our own.
   * @throws CosmosError when the host cannot be read; a problem with a single run is in the answer about that run.
   */
  async all(owner = this.offer.owner): Promise<AdoptedRun[]> {
    const adopted: AdoptedRun[] = [];
    for (const found of (await this.offer.records?.()) ?? []) adopted.push(await this.one(found, owner));
    return adopted;
  }

  private async one({ run, record, endedAt }: FoundRun, owner: string | undefined): Promise<AdoptedRun> {
    const not = (state: AdoptedRun['state'], reason: string) => ({
      run,
      owner: nameOf(record),
      state,
      jobs: [],
      reason,
    });
    if (record instanceof CosmosError) return not('unreadable', record.message);
    if (record.owner !== owner) return not('foreign', `It is of ${record.owner}; --owner ${record.owner} adopts it.`);
    const about = RunAbout.safeParse(record.about);
    if (!about.success) return not('unreadable', 'It does not say enough of its jobs: an older version started it.');
    try {
      const jobs = await this.enter(run, about.data, endedAt);
      if (jobs === undefined) return not('known', '');
      return { run, owner: record.owner, state: 'adopted', jobs, reason: '' };
    } catch (error) {
      return not('unreadable', toCosmosError(error).message);
    }
  }

  /** undefined = this daemon has the jobs already. */
  private async enter(id: string, { run: facts, jobs }: RunAbout, endedAt: string | null): Promise<Job[] | undefined> {
    const { adoptions } = this.needs;
    const ids = jobs.map(({ job }) => job.id);
    if (adoptions.knows(id, ids)) return undefined;
    const status = await this.offer.host.inspect(id);
    if (status.state === 'absent') throw new CosmosError('not_found', 'It was never started.');
    const members: AdoptedJob[] = [];
    for (const about of jobs) {
      const prepared = await this.fetch(id, about);
      members.push(await this.member(id, about, prepared, status, facts.createdAt));
    }
    const open = status.state === 'running';
    const entered = adoptions.enter(
      {
        ...{ ...facts, id, host: this.offer.host.id, state: open ? 'open' : 'ended', startedAt: facts.createdAt },
        exitCode: status.state === 'exited' ? status.exitCode : null,
        endedAt: open ? null : (endedAt ?? isoNow(this.needs.clock)),
      },
      members,
    );
    return entered.length === 0 ? undefined : entered;
  }

  /** Fetches the spec and the inputs, and compares each with the hash that it had when the job was prepared. */
  private async fetch(run: string, { job, prepared }: JobAbout): Promise<Prepared> {
    const { stateDir } = this.needs;
    const spec = path.join(stateDir.job(job.id), 'spec.json');
    const wanted = [
      { from: `specs/${job.id}/${prepared.name}.json`, to: spec, sha256: prepared.specSha256 },
      ...prepared.inputs.map(({ path: input, sha256 }) => {
        return { from: `specs/${job.id}/${input}`, to: stateDir.cas(sha256), sha256 };
      }),
    ];
    const scratch = path.join(stateDir.run(run), 'adopt');
    const items = wanted.map((file, index) => ({ ...file, part: path.join(scratch, String(index)) }));
    try {
      const parts = items.map(({ from, part }) => ({ from, to: part, limit: sentLimit() }));
      await this.offer.host.collect(run, parts, this.signal);
      for (const item of items) await keep(item);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
    return { ...prepared, spec };
  }

  private async member(
    run: string,
    { job }: JobAbout,
    prepared: Prepared,
    status: RunStatus,
    startedAt: string,
  ): Promise<AdoptedJob> {
    const common = {
      ...{ ...job, run, host: this.offer.host.id, startedAt, eta: null, output: null, error: null, endedAt: null },
      ...{ reason: '', progress: null, stopReason: null, notBefore: null },
    };
    if (status.state === 'running') return { prepared, outcome: null, job: { ...common, state: 'running' } };
    const member = { job: job.id, prepared, spec: `specs/${job.id}/${prepared.name}.json` };
    const outcome = await this.judge(run, job, member, status.state === 'exited' ? status.exitCode : null);
    if (outcome.kind === 'succeeded') return { prepared, outcome: null, job: { ...common, state: 'collecting' } };
    const state = outcome.kind === 'refused' ? 'refused' : 'failed';
    const reason = outcome.kind === 'unreached' ? 'Its run ended before it came to it.' : outcome.message;
    const error = toJobError(new CosmosError('run_failed', reason));
    return { prepared, outcome: state, job: { ...common, state, reason, error, endedAt: isoNow(this.needs.clock) } };
  }

  /** Judges how the member ended by its log and files, as at the end of any run. */
  private async judge(
    run: string,
    job: JobAbout['job'],
    member: Member,
    exitCode: number | null,
  ): Promise<MemberOutcome> {
    const { engines, logs, stateDir } = this.needs;
    const { host } = this.offer;
    const engine = engines.get(job.engine);
    if (engine === undefined) throw new CosmosError('no_host', `Nothing here can run ${modelTitle(job.engine)}.`);
    const log = { run, host, logs, signal: this.signal };
    if (!(await mirror({ ...log, most: LOG.total }))) await mirrorRest(log);
    const evidence = engine.evidence?.(member) ?? [];
    const files = await withEvidence(host, run, evidence, stateDir.run(run), this.signal);
    return engine.outcome(member, files, (await logs.read(run, -TAIL, TAIL)).toString(), exitCode);
  }
}

function nameOf(record: FoundRun['record']): string | null {
  return record instanceof CosmosError ? null : record.owner;
}

interface Fetched {
  readonly from: string;
  readonly part: string;
  readonly to: string;
  readonly sha256: string;
}

/** @throws CosmosError transfer_failed when its hash differs. */
async function keep({ from, part, to, sha256 }: Fetched): Promise<void> {
  if ((await sha256Of(part)) !== sha256) {
    throw new CosmosError('transfer_failed', `${from} on the host is not what was sent there; nothing was adopted.`);
  }
  await mkdir(path.dirname(to), { recursive: true });
  await renameOver(part, to);
}
