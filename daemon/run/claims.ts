/** Gives waiting jobs to free slots, as job/plan.ts decides. */
import { EngineName, type Job } from '../../schemas/index.js';
import type { Candidate } from '../job/batch.js';
import { type Choice, type FreeSlot, type Plan, plan } from '../job/plan.js';
import type { HostOffer } from './host-offer.js';
import type { RunDependencies } from './needs.js';
import { whyNowhere } from './nowhere.js';

/** Candidates looked at for one plan: more than ever wait behind a paused group. */
const LOOK_AHEAD = 1000;

export class Claims {
  /** Batch keys of the candidates of the last look: asking for them costs reading what was prepared. */
  private keys = new Map<string, { readonly fence: number; readonly batchKey: string }>();

  constructor(private readonly deps: RunDependencies) {}

  /** What starts next; undefined = nothing can now. One at a time: every claim changes what is free. */
  next(): Choice | undefined {
    const freeSlots = this.deps.queue.status().paused ? [] : this.freeSlots();
    if (freeSlots.length === 0) return undefined;
    return this.plan(freeSlots, enginesOf(freeSlots)).choices[0];
  }

  /** Why queued jobs do not start now, by job id: for people who look at the queue. */
  waiting(): ReadonlyMap<string, string> {
    const { offers, queue } = this.deps;
    const { waiting } = this.plan(this.freeSlots(), enginesOf(offers.list()));
    const nowhere = queue.candidates(EngineName.options, LOOK_AHEAD).flatMap((job) => {
      const reason = whyNowhere(job, offers);
      return reason === undefined ? [] : [[job.id, reason] as const];
    });
    return new Map([...waiting.map(({ job, reason }) => [job, reason] as const), ...nowhere]);
  }

  private plan(freeSlots: readonly FreeSlot[], engines: EngineName[]): Plan {
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
