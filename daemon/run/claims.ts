/** Gives waiting jobs to free slots, as job/plan.ts decides. */
import { EngineName, type Job } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';
import type { Candidate } from '../job/batch.js';
import { type FreeSlot, type PlannedRun, plan, type StartPlan } from '../job/plan.js';
import type { HostOffer, HostOffers } from './host-offer.js';
import type { RunDependencies } from './needs.js';

/** Most candidates for one plan: more jobs than any paused group that stands before the first job that may start. */
const LOOK_AHEAD = 1000;

export class Claims {
  /** Batch keys of the last candidates, kept because working one out reads the prepared files. */
  private keys = new Map<string, { readonly fence: number; readonly batchKey: string }>();

  constructor(private readonly deps: RunDependencies) {}

  /**
   * The run to start next; undefined = none can start now. Only one, because every claim changes which slots are free.
   */
  next(): PlannedRun | undefined {
    const freeSlots = this.deps.queue.status().paused ? [] : this.freeSlots();
    if (freeSlots.length === 0) return undefined;
    return this.plan(freeSlots, enginesOf(freeSlots)).runs[0];
  }

  /** Job id -> the sentence that says why this queued job does not start now. */
  waiting(): ReadonlyMap<string, string> {
    const { offers, queue } = this.deps;
    const { waiting } = this.plan(this.freeSlots(), enginesOf(offers.list()));
    const withoutHost = queue.candidates(EngineName.options, LOOK_AHEAD).flatMap((job) => {
      const reason = whyNoHost(job, offers);
      return reason === undefined ? [] : [[job.id, reason] as const];
    });
    return new Map([...waiting.map(({ job, reason }) => [job, reason] as const), ...withoutHost]);
  }

  private plan(freeSlots: readonly FreeSlot[], engines: EngineName[]): StartPlan {
    const { queue, settings } = this.deps;
    const candidates = this.candidates(engines);
    const groups = queue.groups(candidates.map((candidate) => candidate.batchKey));
    const { canary, groupPause } = settings;
    return plan({ candidates, freeSlots, paused: queue.status().paused, groups, canary, groupPause });
  }

  private freeSlots(): FreeSlot[] {
    const held = new Set(this.deps.runs.open().map(({ host, slot }) => `${host} ${slot}`));
    const { offers } = this.deps;
    const open = offers.list().filter(({ host }) => offers.draining?.(host.id) === undefined);
    const all = open.flatMap((offer) => slotsOf(offer));
    return all.filter(({ host, slot }) => !held.has(`${host} ${slot}`));
  }

  private candidates(engines: EngineName[]): Candidate[] {
    const candidates = this.deps.queue.candidates(engines, LOOK_AHEAD).flatMap((job) => {
      const batchKey = this.batchKey(job);
      return batchKey === undefined ? [] : [{ job, batchKey }];
    });
    this.keys = new Map(candidates.map(({ job, batchKey }) => [job.id, { fence: job.fence, batchKey }]));
    return candidates;
  }

  private batchKey({ id, fence, engine }: Job): string | undefined {
    const known = this.keys.get(id);
    if (known?.fence === fence) return known.batchKey;
    const prepared = this.deps.queue.prepared(id);
    return prepared === null ? undefined : this.deps.engines.get(engine)?.batchKey(prepared);
  }
}

function enginesOf(offers: readonly { readonly engines: readonly EngineName[] }[]): EngineName[] {
  return [...new Set(offers.flatMap(({ engines }) => engines))];
}

function slotsOf({ host, engines, slots, pricePerHour }: HostOffer): FreeSlot[] {
  return Array.from({ length: slots }, (_, slot) => ({ host: host.id, slot, engines, pricePerHour }));
}

/** Why no host takes the job, whatever slots are free, as a sentence; undefined = some host does. Pure. */
export function whyNoHost({ engine, settings }: Job, offers: HostOffers): string | undefined {
  const wanted = settings.host;
  const title = modelTitle(engine);
  if (wanted !== null && offers.get(wanted) === undefined) {
    return `The host ${wanted} is not configured any more: add it again, or choose another (\`cosmos job edit\`).`;
  }
  const able = offers
    .list()
    .filter((offer) => offer.engines.includes(engine) && offer.host.id === (wanted ?? offer.host.id));
  if (able.length === 0) return wanted === null ? `No host here can run ${title}.` : `${wanted} cannot run ${title}.`;
  const reasons = able.map(({ host }) => offers.draining?.(host.id));
  if (reasons.includes(undefined)) return undefined;
  if (able.length === 1) return reasons[0];
  return `All hosts that can run ${title} drain: ${able.map(({ host }) => host.id).join(', ')}.`;
}
