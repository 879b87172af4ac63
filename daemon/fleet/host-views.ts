/** Hosts as clients see them: what they offer, who holds which slot, and what is wrong. */
import type { Host, Run, SlotLease } from '../../schemas/index.js';
import type { HostOffer, OfferFacts } from '../run/host-offer.js';

/** What is known of hosts beside what they say themselves. */
export interface HostNotes {
  /** Runs that hold a slot now. */
  readonly open: readonly Run[];
  /** Why the host takes nothing new; undefined = it does. */
  draining(host: string): string | undefined;
  /** As last looked at. */
  lease(host: string, slot: number): SlotLease | undefined;
}

/** This machine, which is always there and whose GPUs nobody counts. */
const HERE: OfferFacts = { state: 'online', reason: '', problem: null, gpu: null, gpus: 0, lastSeen: null };

export function hostView(offer: HostOffer, notes: HostNotes): Host {
  const { host, engines, pricePerHour } = offer;
  const { state, reason, problem, gpu, gpus, lastSeen } = offer.facts?.() ?? HERE;
  const draining = notes.draining(host.id) ?? null;
  const drains = draining !== null && state === 'online';
  return {
    ...{ id: host.id, kind: offer.facts === undefined ? 'local' : 'ssh' },
    ...(drains ? { state: 'draining', reason: draining } : { state, reason }),
    ...{ draining, problem, engines: [...engines], gpu, gpus, pricePerHour },
    lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString(),
    slots: slotViews(offer, notes),
  };
}

function slotViews({ host, slots }: HostOffer, { open, lease }: HostNotes): Host['slots'] {
  return Array.from({ length: slots }, (_, index) => ({
    index,
    run: open.find((run) => run.host === host.id && run.slot === index)?.id ?? null,
    lease: lease(host.id, index) ?? null,
  }));
}
