/** All hosts that the daemon uses: told to clients, looked at, added and drained while it runs. */
import type { Event, Host, HostConfig } from '../../schemas/index.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { HostBoard, type HostStoreNeeds } from './host-board.js';
import { HostLooks } from './host-looks.js';
import type { RunNeeds } from './needs.js';
import type { Places } from './places.js';

export interface FleetNeeds {
  readonly places: Places;
  readonly runs: Pick<RunNeeds, 'open'>;
  readonly store: HostStoreNeeds;
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

  /** A person has removed an obstacle on the way to some host. */
  cleared(): void {
    const { places, runner } = this.needs;
    places.retry();
    runner.hurry();
    for (const { host } of places.list()) this.looks.now(host.id);
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
