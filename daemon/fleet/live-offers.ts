/** Where runs can go now: this machine, and the hosts of cosmos.toml, which come and go while the daemon lives. */
import type { HostConfig } from '../../schemas/index.js';
import type { AskPerson } from '../host/shell/ask-person.js';
import type { HostLine } from '../host/shell/host-line.js';
import type { Remote } from '../host/shell/remote.js';
import type { HostOffer, HostOffers } from '../run/host-offer.js';

/** A host that is reached over a line. */
export interface RemoteOffer {
  readonly offer: HostOffer;
  readonly line: Pick<HostLine, 'state' | 'login' | 'retry' | 'close' | 'onChange'> & Remote;
}

export interface LiveOffersOptions {
  /** This machine. */
  readonly local: HostOffer;
  /** Nothing is dialled by it. */
  readonly connect: (config: HostConfig) => RemoteOffer;
  /** Why the host takes nothing new; undefined = it does. */
  readonly draining: (host: string) => string | undefined;
}

/** Told when the way to a host opens or is lost. */
type LineListener = (host: string, isOnline: boolean) => void;

export class LiveOffers implements HostOffers {
  private readonly remote = new Map<string, RemoteOffer>();
  private readonly listeners = new Set<LineListener>();

  constructor(private readonly options: LiveOffersOptions) {}

  get(host: string): HostOffer | undefined {
    return host === this.options.local.host.id ? this.options.local : this.remote.get(host)?.offer;
  }

  list(): readonly HostOffer[] {
    return [this.options.local, ...[...this.remote.values()].map(({ offer }) => offer)];
  }

  draining(host: string): string | undefined {
    return this.options.draining(host);
  }

  /** The host can be used from now on. */
  add(config: HostConfig): void {
    this.detach(config.name)?.line.close();
    const added = this.options.connect(config);
    added.line.onChange(() => this.tell(config.name));
    this.remote.set(config.name, added);
  }

  /** Nothing goes there any more. The way to it stays open for who asked, and is no news; undefined = it is not there. */
  detach(host: string): RemoteOffer | undefined {
    const gone = this.remote.get(host);
    this.remote.delete(host);
    return gone;
  }

  /** Opens the way to a host with a person there. @throws CosmosError of the connection. */
  async login(host: string, ask: AskPerson): Promise<void> {
    await this.remote.get(host)?.line.login(ask);
  }

  /** The way to a host, while it is open. */
  standing(host: string): Remote | undefined {
    const line = this.remote.get(host)?.line;
    return line?.state.state === 'online' ? line : undefined;
  }

  /** A person has removed an obstacle: whoever asks next is not told the failure of a moment ago. */
  retry(): void {
    for (const { line } of this.remote.values()) line.retry();
  }

  onLine(listener: LineListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Ends all connections. */
  close(): void {
    for (const { line } of this.remote.values()) line.close();
  }

  private tell(host: string): void {
    const line = this.remote.get(host)?.line;
    if (line === undefined) return;
    for (const listener of this.listeners) listener(host, line.state.state === 'online');
  }
}
