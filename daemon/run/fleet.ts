/** All hosts that the daemon uses: told to clients, looked at, added and drained while it runs. */
import type { Event, Host, HostConfig } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import { CosmosError } from '../errors.js';
import type { Logger } from '../log.js';
import { didYouMean, nearest } from '../near.js';
import { HostBoard, type HostStoreNeeds } from './host-board.js';
import { HostLooks } from './host-looks.js';
import type { RunNeeds } from './needs.js';
import type { Places } from './places.js';

export interface FleetNeeds {
  readonly places: Places;
  readonly runs: Pick<RunNeeds, 'open'>;
  readonly store: HostStoreNeeds & { setDraining(host: string, why: string | null): void };
  readonly journal: { onEvent(listener: (event: Event) => void): () => void };
  /** Whoever waits for a host may try again at once. */
  readonly runner: { hurry(): void };
  readonly clock: Clock;
  readonly log: Logger;
}

export class Fleet {
  private readonly board: HostBoard;
  private readonly looks: HostLooks;
  private unlisten: (() => void)[] = [];

  constructor(private readonly needs: FleetNeeds) {
    this.board = new HostBoard(needs);
    this.looks = new HostLooks({ ...needs, onLooked: (host, leases) => this.board.looked(host, leases) });
  }

  start(): void {
    const { journal, places } = this.needs;
    this.board.refresh();
    this.unlisten = [
      journal.onEvent((event) => this.onEvent(event)),
      places.onLine((_, isOnline) => this.onLine(isOnline)),
    ];
    this.looks.start();
  }

  /** Connections that are closed after this are no news. */
  close(): void {
    this.looks.close();
    for (const unlisten of this.unlisten.splice(0)) unlisten();
  }

  list(): Host[] {
    return this.board.list();
  }

  /** A host was written into cosmos.toml: it can be used from now on. */
  add(config: HostConfig): void {
    this.needs.places.add(config);
    this.board.refresh('added');
    this.needs.runner.hurry();
    this.looks.now(config.name);
  }

  /** What the host has goes on, and nothing new starts there, also after a restart. @throws CosmosError not_found */
  drain(id: string, reason?: string): Host {
    this.needs.store.setDraining(this.need(id).id, drainSentence(id, reason));
    this.board.refresh('draining');
    return this.need(id);
  }

  /** Takes jobs again. Harmless when it does. @throws CosmosError not_found */
  resume(id: string): Host {
    this.needs.store.setDraining(this.need(id).id, null);
    this.board.refresh('resumed');
    this.needs.runner.hurry();
    return this.need(id);
  }

  /** A person has removed an obstacle on the way to some host. */
  cleared(): void {
    const { places, runner } = this.needs;
    places.retry();
    runner.hurry();
    for (const { host } of places.list()) this.looks.now(host.id);
  }

  private need(id: string): Host {
    const host = this.board.get(id);
    if (host !== undefined) return host;
    const near = nearest(
      id,
      this.board.list().map((other) => other.id),
    );
    throw new CosmosError('not_found', `There is no host ${id}; see \`cosmos host\`.${didYouMean(near)}`, { near });
  }

  /** Our own runs change who holds what. */
  private onEvent({ kind, data }: Event): void {
    if (kind !== 'run') return;
    this.board.refresh();
    this.looks.now(data.host);
  }

  private onLine(isOnline: boolean): void {
    this.board.refresh();
    if (isOnline) this.needs.runner.hurry();
  }
}

function drainSentence(id: string, reason: string | undefined): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${id} drains${why}: what it has goes on, nothing new starts until \`cosmos host resume ${id}\`.`;
}
