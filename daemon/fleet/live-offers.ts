/** The hosts that take runs now: this machine, and those of cosmos.toml, which are added and removed at any time. */
import type { HostConfig } from '../../schemas/index.js';
import type { AskPerson } from '../host/shell/ask-person.js';
import type { HostLine } from '../host/shell/host-line.js';
import type { Remote } from '../host/shell/remote.js';
import type { HostOffer, HostOffers } from '../run/host-offer.js';

/** A host that is reached over a connection. */
export interface RemoteOffer {
  readonly offer: HostOffer;
  readonly line: Pick<HostLine, 'state' | 'login' | 'retry' | 'close' | 'onChange'> & Remote;
}

export interface LiveOffersOptions {
  /** This machine. */
  readonly local: HostOffer;
  /** Makes the offer of a host; does not connect. */
  readonly connect: (config: HostConfig) => RemoteOffer;
  /** Why the host takes no new jobs; undefined = it takes them. */
  readonly draining: (host: string) => string | undefined;
}

/** Called when the connection to a host opens or is lost. */
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

  /** The host takes jobs from now on. */
  add(config: HostConfig): void {
    this.detach(config.name)?.line.close();
    const added = this.options.connect(config);
    added.line.onChange(() => this.tell(config.name));
    this.remote.set(config.name, added);
  }

  /** The host takes no jobs any more. Its connection stays open for the caller. undefined = the host is not known. */
  detach(host: string): RemoteOffer | undefined {
    const gone = this.remote.get(host);
    this.remote.delete(host);
    return gone;
  }

  /** Connects to a host while a person can answer its questions. @throws CosmosError of the connection. */
  async login(host: string, ask: AskPerson): Promise<void> {
    await this.remote.get(host)?.line.login(ask);
  }

  /** The open connection to a host; undefined = there is none. */
  standing(host: string): Remote | undefined {
    const line = this.remote.get(host)?.line;
    return line?.state.state === 'online' ? line : undefined;
  }

  /** To be called after a person has removed an obstacle: the next call connects, and gets no error from before. */
  retry(): void {
    for (const { line } of this.remote.values()) line.retry();
  }

  onLine(listener: LineListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Closes all connections. */
  close(): void {
    for (const { line } of this.remote.values()) line.close();
  }

  private tell(host: string): void {
    const line = this.remote.get(host)?.line;
    if (line === undefined) return;
    for (const listener of this.listeners) listener(host, line.state.state === 'online');
  }
}
