/** Updates the item in the status bar. It is red only if the user must act. */
import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import type { Bridge } from './bridge.js';
import { Coalescer } from './coalesce.js';
import type { Problem } from './problem.js';
import { setStatus, statusItem } from './shown/surfaces.js';
import { type StatusFacts, statusSentence, statusText } from './status-text.js';
import { costToday } from './views/cost.js';
import type { QueueView } from './views/queue/queue-view.js';

/** Least number of milliseconds between two updates, because people do not read faster. */
const PACE = 500;

export class Status implements Disposable {
  readonly item = statusItem('cosmos.status', 'Cosmos Bridge');
  private readonly later = new Coalescer<string>(() => this.draw(), { wait: 0, pace: PACE });
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly bridge: Bridge,
    private readonly queue: Pick<QueueView, 'count' | 'jobsOf'>,
  ) {
    const { link, store } = bridge;
    this.subscriptions = [
      this.item,
      this.later,
      { dispose: store.onChange(({ kind }) => this.later.add(kind)) },
      { dispose: link.onState(() => this.draw()) },
    ];
    this.draw();
    this.item.show();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private draw(): void {
    const { state } = this.bridge.link;
    if (state.kind === 'connected') {
      this.show(this.facts());
      return;
    }
    const away = state.kind === 'away';
    const words = state.kind === 'starting' ? l10n.t('Starting the daemon...') : l10n.t('Looking for the daemon...');
    setStatus(this.item, {
      command: away ? wayOut(state.problem) : 'cosmos.daemon.explain',
      text: away ? '$(debug-disconnect) Cosmos' : '$(sync~spin) Cosmos',
      tooltip: away ? state.problem.message : words,
      isUrgent: false,
    });
  }

  private show(facts: StatusFacts): void {
    setStatus(this.item, {
      command: 'cosmos.queue.focus',
      text: statusText(facts),
      tooltip: `Cosmos: ${statusSentence(facts)}`,
      isUrgent: facts.needsYou > 0,
    });
  }

  private facts(): StatusFacts {
    const { store, now } = this.bridge;
    const etas = this.queue.jobsOf('running').map(({ id, eta }) => store.progress.get(id)?.eta ?? eta);
    const known = etas.filter((eta) => eta !== null);
    return {
      running: this.queue.count('running'),
      queued: this.queue.count('queued'),
      needsYou: this.queue.count('needsYou'),
      paused: store.queue.paused,
      eta: known.length === 0 ? null : Math.max(...known),
      today: costToday(store.runs.values(), now()),
    };
  }
}

/** What a click does: the only remedy, or the problem with its remedies. */
function wayOut({ code }: Problem): string {
  switch (code) {
    case 'not_installed':
      return 'cosmos.daemon.install';
    case 'daemon_unreachable':
      return 'cosmos.daemon.start';
    default:
      return 'cosmos.daemon.explain';
  }
}
