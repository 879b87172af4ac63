/** Tells when jobs finish or need a person: once, in one window, and together what happens together. */
import * as l10n from '@vscode/l10n';
import { commands, type Disposable, window, workspace } from 'vscode';
import type { Change } from '../../../client/store.js';
import type { Job } from '../../../schemas/index.js';
import type { Bridge } from '../bridge.js';
import { tell, warn } from '../shown/messages.js';
import { Coalescer } from '../views/coalesce.js';
import type { Claims } from './claims.js';
import { digest, isWanted, type Shows, type Wanted } from './digest.js';
import { Pace } from './pace.js';

/** Milliseconds for which endings are gathered. */
const GATHERING = 1500;
/** Milliseconds that a window without focus leaves to the one that has it. */
const PRECEDENCE = 500;

export class Notifier implements Disposable {
  private readonly pace = new Pace(GATHERING);
  private readonly gathered = new Coalescer<string>((ids) => void this.tell(ids), this.pace);
  private readonly unlisten: () => void;

  constructor(
    private readonly bridge: Bridge,
    private readonly claims: Claims,
  ) {
    this.unlisten = bridge.store.onChange((change) => this.changed(change));
    void claims.tidy(bridge.now());
  }

  dispose(): void {
    this.unlisten();
    this.gathered.dispose();
  }

  /** Only a move is news; an order or a priority that changed is not. */
  private changed(change: Change): void {
    if (change.kind !== 'job' || change.event?.kind !== 'job') return;
    if (isWanted(change.event.data, wanted())) this.gathered.add(change.id);
  }

  private async tell(ids: readonly string[]): Promise<void> {
    try {
      if (!window.state.focused) await new Promise((resolve) => setTimeout(resolve, PRECEDENCE));
      const [first, ...others] = await this.ours(ids);
      if (first !== undefined) await this.show([first, ...others]);
    } catch (error) {
      this.bridge.log.warn(`A notice was lost: ${error}`);
    }
  }

  /** The jobs that no other window tells of. */
  private async ours(ids: readonly string[]): Promise<Job[]> {
    const jobs = ids.flatMap((id) => this.bridge.store.jobs.get(id) ?? []).filter((job) => isWanted(job, wanted()));
    const claimed = await Promise.all(jobs.map((job) => this.claims.claim(`${job.id} ${job.fence} ${job.state}`)));
    return jobs.filter((_, index) => claimed[index]);
  }

  private async show(jobs: readonly [Job, ...Job[]]): Promise<void> {
    this.pace.told();
    const { message, needsYou, job, shows } = digest(jobs);
    const { title, command } = buttonOf(shows);
    const answer = needsYou ? warn(message, title) : tell(message, title);
    if ((await answer) === title) await commands.executeCommand(command, job.id);
  }
}

function buttonOf(shows: Shows): { title: string; command: string } {
  switch (shows) {
    case 'video':
      return { title: l10n.t('Open'), command: 'cosmos.result.open' };
    case 'log':
      return { title: l10n.t('Show Log'), command: 'cosmos.log.open' };
    case 'queue':
      return { title: l10n.t('Show in Queue'), command: 'cosmos.job.reveal' };
  }
}

function wanted(): Wanted {
  return workspace.getConfiguration('cosmos').get<Wanted>('notifications', 'all');
}
