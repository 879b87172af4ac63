/** A host of cosmos.toml whose way is opened and lost by the test. */

import type { RemoteOffer } from '../../daemon/fleet/live-offers.js';
import type { Host } from '../../daemon/host/host.js';
import type { LineState } from '../../daemon/host/shell/host-line.js';
import type { HostOffer, LeasesBySlot } from '../../daemon/run/host-offer.js';
import type { HostConfig, HostTrouble } from '../../schemas/index.js';

export class ScriptedOffer implements RemoteOffer {
  readonly offer: HostOffer;
  held: LeasesBySlot = new Map();
  problem: HostTrouble | null = null;
  /** What was asked of it. */
  readonly done: string[] = [];
  private known: LineState = { state: 'unknown', reason: '', lastSeen: null, problem: null };
  private changed = () => {};

  constructor({ name, price_per_hour: pricePerHour }: Pick<HostConfig, 'name' | 'price_per_hour'>) {
    const host: Partial<Host> = { id: name, stop: async (run) => void this.done.push(`stop ${run}`) };
    this.offer = {
      ...{ host: host as Host, engines: ['transfer2.5'], slots: 2, pricePerHour }, // only what a test asks of it
      leases: async () => {
        this.done.push('look');
        return this.held;
      },
      facts: () => {
        const { reason, lastSeen } = this.known;
        const state = this.known.state === 'unreachable' ? 'unreachable' : 'online';
        return { state, reason, lastSeen, problem: this.problem, gpu: 'H100 PCIe', gpus: 2 };
      },
    };
  }

  readonly line = {
    state: this.known,
    login: async () => void this.done.push('login'),
    run: () => Promise.reject(new Error('no test asks for it')),
    stream: () => {
      throw new Error('no test asks for it');
    },
    retry: () => void this.done.push('retry'),
    close: () => void this.done.push('close'),
    onChange: (listener: () => void) => {
      this.changed = listener;
      return () => {};
    },
  };

  becomes(state: LineState['state'], reason = ''): void {
    this.known = { ...this.known, state, reason };
    this.line.state = this.known;
    this.changed();
  }
}
