/** Gives waiting jobs to free slots, as job/plan.ts decides. */
import type { EngineName, Job } from '../../schemas/index.js';
import type { Candidate } from '../job/batch.js';
import { type Choice, type FreeSlot, plan } from '../job/plan.js';
import type { Place, RunDependencies } from './needs.js';

/** Candidates looked at for one plan: more than ever wait behind a paused group. */
const LOOK_AHEAD = 1000;

export class Claims {
  /** Batch keys of the candidates of the last look: asking for them costs reading what was prepared. */
  private keys = new Map<string, { readonly fence: number; readonly batchKey: string }>();

  constructor(private readonly deps: RunDependencies) {}

  /** What starts next; undefined = nothing can now. One at a time: every claim changes what is free. */
  next(): Choice | undefined {
    const { queue, settings } = this.deps;
    const { paused } = queue.status();
    const freeSlots = paused ? [] : this.freeSlots();
    if (freeSlots.length === 0) return undefined;
    const candidates = this.candidates([...new Set(freeSlots.flatMap((slot) => slot.engines))]);
    const groups = queue.groups(candidates.map((candidate) => candidate.batchKey));
    const { canary, groupPause } = settings;
    return plan({ candidates, freeSlots, paused, groups, canary, groupPause }).choices[0];
  }

  private freeSlots(): FreeSlot[] {
    const held = new Set(this.deps.runs.open().map(({ host, slot }) => `${host} ${slot}`));
    const all = this.deps.places.list().flatMap((place) => slotsOf(place));
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

function slotsOf({ host, engines, slots, pricePerHour }: Place): FreeSlot[] {
  return Array.from({ length: slots }, (_, slot) => ({ host: host.id, slot, engines, pricePerHour }));
}
