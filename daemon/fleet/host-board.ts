/** What clients are told of hosts: every change once, as a journaled event, also what changed while no daemon ran. */
import type { Host, Run } from '../../schemas/index.js';
import { toCosmosError } from '../errors.js';
import type { Logger } from '../log.js';
import type { HostOffers, LeasesBySlot } from '../run/host-offer.js';
import { hostView } from './host-views.js';

export interface HostBoardNeeds {
  readonly offers: HostOffers;
  readonly runs: { open(): Run[] };
  readonly store: HostStoreNeeds;
  readonly log: Pick<Logger, 'warn'>;
}

export interface HostStoreNeeds {
  /** Hosts that clients know. */
  told(): string[];
  isTold(host: Host): boolean;
  tell(host: Host, type: string): void;
  tellGone(id: string): void;
}

export class HostBoard {
  private readonly leases = new Map<string, LeasesBySlot>();

  constructor(private readonly needs: HostBoardNeeds) {}

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

  /** Somebody has looked who holds the slots of a host; undefined = that could not be seen. */
  looked(host: string, leases: LeasesBySlot | undefined): void {
    if (leases === undefined) this.leases.delete(host);
    else this.leases.set(host, leases);
    this.refresh();
  }

  /**
   * Tells of every host that is not as clients know it; on a full disk the next time, because what was not told is
   * compared again. @param type the moment: "added", "draining"
   */
  refresh(type = 'changed'): void {
    try {
      this.tellAll(type);
    } catch (thrown) {
      const error = toCosmosError(thrown);
      if (error.code !== 'no_space_here') throw error;
      this.needs.log.warn({ err: error }, 'clients could not be told of the hosts');
    }
  }

  private tellAll(type: string): void {
    const { store } = this.needs;
    const hosts = this.list();
    for (const host of hosts) if (!store.isTold(host)) store.tell(host, type);
    for (const id of store.told()) if (!hosts.some((host) => host.id === id)) store.tellGone(id);
  }
}
