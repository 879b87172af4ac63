/** Shows a notice when jobs end or need the user: once, in one window, and one notice for what happens together. */
import * as l10n from '@vscode/l10n';
import { commands, type Disposable, window, workspace } from 'vscode';
import type { Change } from '../../../client/store.js';
import type { Job } from '../../../schemas/received.js';
import type { Bridge } from '../bridge.js';
import { Coalescer } from '../coalesce.js';
import { tell, warn } from '../shown/messages.js';
import type { Claims } from './claims.js';
import { digest, isWanted, type NoticeLevel, type Shows } from './digest.js';
import { Pace } from './pace.js';

/** Milliseconds during which ended jobs are collected. */
const GATHERING = 1500;
/** Milliseconds that a window without focus waits, so that the one with focus can show the notice. */
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

  /** Only a new state counts, not a new order or priority. */
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

  /** The jobs for which no other window shows a notice. */
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

function wanted(): NoticeLevel {
  return workspace.getConfiguration('cosmos').get<NoticeLevel>('notifications', 'all');
}
