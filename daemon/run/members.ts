/** The jobs of a run with everything that its engine and its host need. */
import type { Job, Prepared } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';
import { CosmosError } from '../errors.js';
import type { StagedFile } from '../host/host.js';
import type { StateDir } from '../state-dir.js';
import type { Engine, Member } from '../workload/engine.js';
import type { HostOffer } from './host-offer.js';
import type { RunDependencies } from './needs.js';

/** A job of a run with the parts that most steps need. */
export interface Assignment {
  readonly job: Job;
  readonly run: string;
  readonly offer: HostOffer;
  readonly engine: Engine;
  readonly prepared: Prepared;
  readonly member: Member;
}

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'offers' | 'engines'>;

/** @throws CosmosError internal, no_host when a part is missing that a claimed job must have. */
export function assignmentOf(job: Job, needs: Needs): Assignment {
  const engine = needs.engines.get(job.engine);
  if (engine === undefined)
    throw new CosmosError('no_host', `Nothing here can run ${modelTitle(job.engine)}.`, { job: job.id });
  const offer = job.host === null ? undefined : needs.offers.get(job.host);
  if (offer === undefined || job.run === null) {
    throw new CosmosError('internal', `${job.id} is ${job.state} without a run or on a host that is not known.`);
  }
  const member = memberOf(job.id, needs);
  return { job, run: job.run, offer, engine, prepared: member.prepared, member };
}

/** All members of a run, in running order. */
export function membersOf(run: string, needs: Needs): Member[] {
  return (needs.runs.get(run)?.members ?? []).map((job) => memberOf(job, needs));
}

/** Each member has its own folder, because two clips can both have an "inputs/depth.mp4". */
function memberOf(job: string, { queue }: Needs): Member {
  const prepared = queue.prepared(job);
  if (prepared === null) throw new CosmosError('internal', `${job} was claimed before it was prepared.`, { job });
  return { job, prepared, spec: `specs/${job}/${prepared.name}.json` };
}

/** The files that must be in the run folder before the run starts. Paths in a spec are relative to `specs/<job>/`. */
export function stagedFiles({ member: { job, prepared, spec } }: Assignment, stateDir: StateDir): StagedFile[] {
  const inputs = prepared.inputs.map(({ path, sha256 }) => ({
    from: stateDir.cas(sha256),
    to: `specs/${job}/${path}`,
    sha256,
  }));
  return [...inputs, { from: prepared.spec, to: spec, sha256: prepared.specSha256 }];
}
