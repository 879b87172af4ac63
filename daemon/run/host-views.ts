/** Hosts as clients see them: what they offer and which run holds which slot. */
import type { Host, Run } from '../../schemas/index.js';
import type { Place } from './needs.js';

/** `open` = the runs that hold a slot now. */
export function hostViews(places: readonly Place[], open: readonly Run[]): Host[] {
  return places.map(({ host, engines, slots, pricePerHour }) => ({
    ...{ id: host.id, kind: 'local' as const, state: 'online' as const, reason: '' },
    ...{ engines: [...engines], gpu: null, gpus: 0, pricePerHour, lastSeen: null },
    slots: Array.from({ length: slots }, (_, index) => ({
      index,
      run: open.find((run) => run.host === host.id && run.slot === index)?.id ?? null,
    })),
  }));
}
