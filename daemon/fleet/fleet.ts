/** All hosts that the daemon uses. They are added, drained and forgotten while it runs. */
import type { AdoptedRun, Event, Host, HostConfig, Job, ResultOf } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import type { AskPerson } from '../host/shell/ask-person.js';
import type { Logger } from '../log.js';
import { didYouMean, nearest } from '../near.js';
import type { Runner } from '../run/runner.js';
import { Adoption, type AdoptNeeds } from './adopt.js';
import { type AnnouncedHosts, HostBoard } from './board.js';
import { endRuns, type ForgetNeeds, giveUp, jobsOn } from './forget.js';
import type { LiveOffers } from './live-offers.js';

export interface FleetNeeds extends ForgetNeeds, AdoptNeeds {
  readonly offers: LiveOffers;
  readonly store: AnnouncedHosts & { setDraining(host: string, why: string | null): void };
  readonly journal: ForgetNeeds['journal'] & { onEvent(listener: (event: Event) => void): () => void };
  readonly runner: Pick<Runner, 'hurry' | 'interrupt'>;
  /** cosmos.toml. */
  readonly configuration: { remove(host: string): boolean };
  readonly log: Logger;
}

export class Fleet {
  private readonly board: HostBoard;
  private unlisten: (() => void)[] = [];

  constructor(private readonly needs: FleetNeeds) {
    this.board = new HostBoard(needs);
  }

  start(): void {
    const { journal, offers } = this.needs;
    this.board.refresh();
    this.unlisten = [
      journal.onEvent((event) => this.onEvent(event)),
      offers.onLine((_, isOnline) => this.onLine(isOnline)),
    ];
    this.board.start();
  }

  /** To be called before the connections are closed: the hosts that are lost by that are not announced. */
  close(): void {
    this.board.close();
    for (const unlisten of this.unlisten.splice(0)) unlisten();
  }

  list(): Host[] {
    return this.board.list();
  }

  /** To be called after a host was written into cosmos.toml: it takes jobs from now on. */
  add(config: HostConfig): void {
    this.needs.offers.add(config);
    this.board.refresh('added');
    this.needs.runner.hurry();
    this.board.look(config.name);
  }

  /** Jobs on the host go on, and no new one starts there, also after a restart. @throws CosmosError not_found */
  drain(id: string, reason?: string): Host {
    this.needs.store.setDraining(this.need(id).id, drainSentence(id, reason));
    this.board.refresh('draining');
    return this.need(id);
  }

  /** The host takes jobs again. Does nothing when it does already. @throws CosmosError not_found */
  resume(id: string): Host {
    this.needs.store.setDraining(this.need(id).id, null);
    this.board.refresh('resumed');
    this.needs.runner.hurry();
    return this.need(id);
  }

  /**
   * For a host that never returns: its jobs go back to the queue, and its entry is removed from cosmos.toml. When the
   * host does answer, our runs on it are ended.
   * @param force also when jobs are on the host.
   * @throws CosmosError host_in_use, not_found, or config_invalid when the entry cannot be removed: nothing has changed
   *   then.
   */
  async forget(id: string, force: boolean): Promise<ResultOf<'host.forget'>> {
    const { offers, store, runner, configuration, clock } = this.needs;
    const on = jobsOn(id, this.needs);
    if (on.length > 0 && !force) throw inUse(id, on);
    if (this.board.get(id)?.kind === 'local') throw new CosmosError('wrong_state', 'This machine cannot be forgotten.');
    if (!configuration.remove(id) && on.length === 0) this.need(id);
    const gone = offers.detach(id); // first, so that no job is claimed for the host any more
    store.setDraining(id, null);
    const { jobs, runs } = giveUp(id, this.needs);
    runner.interrupt(jobs.map((job) => job.id));
    this.board.refresh();
    const left = gone === undefined ? runs.map((run) => run.id) : await endRuns(gone, runs, clock);
    gone?.line.close();
    return { host: id, jobs, left };
  }

  /** @param owner whose runs; undefined = our own. @throws CosmosError not_found, or when the host cannot be asked. */
  async adopt(id: string, owner?: string): Promise<AdoptedRun[]> {
    const offer = this.needs.offers.get(this.need(id).id);
    return offer === undefined ? [] : new Adoption(offer, this.needs).all(owner);
  }

  /** Connects to a host while a person can answer its questions. @throws CosmosError not_found, or why it fails. */
  async login(id: string, ask: AskPerson): Promise<Host> {
    await this.needs.offers.login(this.need(id).id, ask);
    this.cleared();
    return this.need(id);
  }

  /** To be called after a person has removed an obstacle, such as an unknown host key. */
  cleared(): void {
    const { offers, runner } = this.needs;
    offers.retry();
    runner.hurry();
    for (const { host } of offers.list()) this.board.look(host.id);
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

  /** A run of ours takes or frees a slot. */
  private onEvent({ kind, data }: Event): void {
    if (kind !== 'run') return;
    this.board.refresh();
    this.board.look(data.host);
  }

  private onLine(isOnline: boolean): void {
    this.board.refresh();
    if (isOnline) this.needs.runner.hurry();
  }
}

function drainSentence(id: string, reason: string | undefined): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${id} drains${why}: what it has goes on, nothing new starts until it is resumed (\`cosmos host resume ${id}\`).`;
}

function inUse(id: string, jobs: readonly Job[]): CosmosError {
  const names = jobs.map((job) => job.id);
  const message = `${count(jobs)} on ${id}: let it finish (\`cosmos host drain ${id}\`), or give them up there (--yes).`;
  return new CosmosError('host_in_use', message, { host: id, jobs: names });
}

function count({ length }: readonly Job[]): string {
  return length === 1 ? 'One job is' : `${length} jobs are`;
}
