/** Hosts as clients see them: what they offer and which run holds which slot. */
import type { Host, HostConfig, Run } from '../../schemas/index.js';
import type { Place } from './needs.js';

/** `open` = the runs that hold a slot now; `configured` = the hosts of cosmos.toml. */
export function hostViews(places: readonly Place[], open: readonly Run[], configured: readonly HostConfig[]): Host[] {
  const missing = configured.filter(({ name }) => !places.some(({ host }) => host.id === name));
  return [...places.map((place) => placeView(place, open)), ...missing.map(missingView)];
}

function placeView({ host, engines, slots, pricePerHour }: Place, open: readonly Run[]): Host {
  return {
    ...{ id: host.id, kind: 'local', state: 'online', reason: '' },
    ...{ engines: [...engines], gpu: null, gpus: 0, pricePerHour, lastSeen: null },
    slots: Array.from({ length: slots }, (_, index) => ({
      index,
      run: open.find((run) => run.host === host.id && run.slot === index)?.id ?? null,
    })),
  };
}

/** Said, not left out: whoever wrote the entry waits for jobs to go there. */
function missingView({ name, gpu, gpus, price_per_hour }: HostConfig): Host {
  return {
    ...{ id: name, kind: 'ssh', state: 'unreachable', reason: 'This version cannot reach hosts over SSH yet.' },
    ...{ engines: [], gpu: gpu ?? null, gpus: gpus ?? 0, slots: [], pricePerHour: price_per_hour, lastSeen: null },
  };
}
