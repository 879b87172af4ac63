/** Hosts as clients see them: what they offer and which run holds which slot. */
import type { Host, Run } from '../../schemas/index.js';
import type { Place, PlaceFacts } from './needs.js';

/** `open` = the runs that hold a slot now. */
export function hostViews(places: readonly Place[], open: readonly Run[]): Host[] {
  return places.map((place) => placeView(place, open));
}

/** This machine, which is always there and whose GPUs nobody counts. */
const HERE: PlaceFacts = { state: 'online', reason: '', gpu: null, gpus: 0, lastSeen: null };

function placeView(place: Place, open: readonly Run[]): Host {
  const { host, engines, slots, pricePerHour } = place;
  const { state, reason, gpu, gpus, lastSeen } = place.facts?.() ?? HERE;
  return {
    ...{ id: host.id, kind: place.facts === undefined ? 'local' : 'ssh', state, reason },
    ...{ engines: [...engines], gpu, gpus, pricePerHour },
    lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString(),
    slots: Array.from({ length: slots }, (_, index) => ({
      index,
      run: open.find((run) => run.host === host.id && run.slot === index)?.id ?? null,
    })),
  };
}
