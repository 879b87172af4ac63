/**
 * The hosts as clients see them. Every change becomes one journaled event; changes made while no daemon ran follow at
 * the next start. The holders of the GPUs are read from each host when the daemon starts, after a change to one of our
 * runs there, and otherwise once a minute. Reading them also opens the connection, so a problem with a host is known
 * before a job needs it.
 */
import type { Host, HostProblem, Run, SlotLease } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { toCosmosError } from '../errors.js';
import type { Logger } from '../log.js';
import type { HostOffer, HostOffers, LeasesBySlot, OfferFacts } from '../run/host-offer.js';

/** Milliseconds between two rounds over all hosts. */
const ROUND_MS = 60_000;

/** Only a person can solve these: repeated logins would get this computer banned by guards such as fail2ban. */
const NEEDS_A_PERSON: readonly HostProblem[] = [
  ...(['host_key_unknown', 'host_key_changed', 'host_key_revoked', 'host_auth_failed'] as const),
  ...(['host_asks', 'identity_locked', 'config_invalid'] as const),
];

export interface BoardNeeds {
  readonly offers: HostOffers;
  readonly runs: { open(): Run[] };
  readonly store: AnnouncedHosts;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What clients were last told about each host. */
export interface AnnouncedHosts {
  /** Ids of the hosts that clients know. */
  announced(): string[];
  /** Whether clients know this state of the host. */
  isAnnounced(host: Host): boolean;
  announce(host: Host, type: string): void;
  announceGone(id: string): void;
}

export class HostBoard {
  private readonly leases = new Map<string, LeasesBySlot>();
  /** Hosts whose leases are being read; `again` = something has changed there since the reading began. */
  private readonly looking = new Map<string, { again: boolean }>();
  private cancelRound = () => {};
  private closed = true;

  constructor(private readonly needs: BoardNeeds) {}

  start(): void {
    this.closed = false;
    this.round();
  }

  close(): void {
    this.closed = true;
    this.cancelRound();
  }

  list(): Host[] {
    const { offers, runs } = this.needs;
    const notes = {
      open: runs.open(),
      draining: (host: string) => offers.draining?.(host),
      lease: (host: string, slot: number) => this.leases.get(host)?.get(slot),
    };
    return offers.list().map((offer) => hostView(offer, notes));
  }

  get(id: string): Host | undefined {
    return this.list().find((host) => host.id === id);
  }

  /**
   * Announces every host that differs from what clients know. On a full disk the next call does it, because each call
   * compares all hosts. @param type what has happened: "added", "draining"
   */
  refresh(type = 'changed'): void {
    try {
      this.announceChanges(type);
    } catch (thrown) {
      const error = toCosmosError(thrown);
      if (error.code !== 'no_space_here') throw error;
      this.needs.log.warn({ err: error }, 'the hosts could not be announced to clients');
    }
  }

  /** Reads the leases of the host now; when a reading is under way, once more after it. */
  look(host: string): void {
    const offer = this.needs.offers.get(host);
    const current = this.looking.get(host);
    if (current !== undefined) current.again = true;
    else if (offer?.leases !== undefined && !this.closed) void this.readLeases(offer);
  }

  private announceChanges(type: string): void {
    const { store } = this.needs;
    const hosts = this.list();
    for (const host of hosts) if (!store.isAnnounced(host)) store.announce(host, type);
    for (const id of store.announced()) if (!hosts.some((host) => host.id === id)) store.announceGone(id);
  }

  private round(): void {
    for (const offer of this.needs.offers.list()) if (!needsPerson(offer)) this.look(offer.host.id);
    this.cancelRound = this.needs.clock.after(ROUND_MS, () => this.round());
  }

  private async readLeases(offer: HostOffer): Promise<void> {
    const { offers, log } = this.needs;
    const { id } = offer.host;
    const state = { again: false };
    this.looking.set(id, state);
    const leases = await offer.leases?.().catch((error: unknown) => {
      log.debug({ err: error, host: id }, 'the holders of its GPUs could not be read'); // facts() has the reason
      return undefined;
    });
    this.looking.delete(id);
    if (this.closed || offers.get(id) === undefined) return;
    if (leases === undefined) this.leases.delete(id);
    else this.leases.set(id, leases);
    this.refresh();
    if (state.again) this.look(id);
  }
}

function needsPerson(offer: HostOffer): boolean {
  const code = offer.facts?.().problem?.code;
  return code !== undefined && NEEDS_A_PERSON.includes(code);
}

/** What is known of hosts beside what they say themselves. */
export interface HostNotes {
  /** Runs that hold a slot now. */
  readonly open: readonly Run[];
  /** Why the host takes no new jobs; undefined = it takes them. */
  draining(host: string): string | undefined;
  /** The holder of a slot, as last read from the host. */
  lease(host: string, slot: number): SlotLease | undefined;
}

/** This machine is always online, and its GPUs are not counted. */
const THIS_MACHINE: OfferFacts = { state: 'online', reason: '', problem: null, gpu: null, gpus: 0, lastSeen: null };

/** A host as clients see it. Pure. */
export function hostView(offer: HostOffer, notes: HostNotes): Host {
  const { host, engines, pricePerHour } = offer;
  const { state, reason, problem, gpu, gpus, lastSeen } = offer.facts?.() ?? THIS_MACHINE;
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
