/**
 * Looks who holds the GPUs of each host: when the daemon starts, when one of our runs has changed something there, and
 * otherwise once a minute. A look also opens the way to a host, so what is wrong with it is known before a job needs it.
 */
import type { HostProblem } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { HostOffer, HostOffers, LeasesBySlot } from '../run/host-offer.js';

const RHYTHM_MS = 60_000;

/** Only a person can help: to knock again and again would get us banned by guards such as fail2ban. */
const LEFT_ALONE: readonly HostProblem[] = [
  ...(['host_key_unknown', 'host_key_changed', 'host_key_revoked', 'host_auth_failed'] as const),
  ...(['host_asks', 'identity_locked', 'config_invalid'] as const),
];

export interface HostLookNeeds {
  readonly offers: HostOffers;
  readonly clock: Clock;
  readonly log: Logger;
  /** undefined = it could not be seen. */
  readonly onLooked: (host: string, leases: LeasesBySlot | undefined) => void;
}

export class HostLooks {
  /** Hosts that are being looked at, and whether something changed there since the look began. */
  private readonly looking = new Map<string, { again: boolean }>();
  private cancel = () => {};
  private closed = true;

  constructor(private readonly needs: HostLookNeeds) {}

  start(): void {
    this.closed = false;
    this.round();
  }

  close(): void {
    this.closed = true;
    this.cancel();
  }

  /** Something has changed there: looks at once, and once more when a look is under way. */
  now(host: string): void {
    const offer = this.needs.offers.get(host);
    const current = this.looking.get(host);
    if (current !== undefined) current.again = true;
    else if (offer?.leases !== undefined && !this.closed) void this.look(offer);
  }

  private round(): void {
    for (const offer of this.needs.offers.list()) if (!isLeftAlone(offer)) this.now(offer.host.id);
    this.cancel = this.needs.clock.after(RHYTHM_MS, () => this.round());
  }

  private async look(offer: HostOffer): Promise<void> {
    const { id } = offer.host;
    const state = { again: false };
    this.looking.set(id, state);
    const seen = await offer.leases?.().catch((error: unknown) => {
      this.needs.log.debug({ err: error, host: id }, 'who holds its GPUs could not be seen'); // the line tells why
      return undefined;
    });
    this.looking.delete(id);
    if (this.closed || this.needs.offers.get(id) === undefined) return;
    this.needs.onLooked(id, seen);
    if (state.again) this.now(id);
  }
}

function isLeftAlone(offer: HostOffer): boolean {
  const code = offer.facts?.().problem?.code;
  return code !== undefined && LEFT_ALONE.includes(code);
}
