/**
 * The text of the item in the status bar: running and waiting jobs, the time left, the cost of today, and whether the
 * user must act.
 */
import * as l10n from '@vscode/l10n';
import { dollars, dotted, roughDuration } from './views/words.js';

export interface StatusFacts {
  readonly running: number;
  readonly queued: number;
  readonly needsYou: number;
  readonly paused: boolean;
  /** Seconds until the running jobs are done; null = not known. */
  readonly eta: number | null;
  /** Dollars since midnight. */
  readonly today: number;
}

export function statusText({ running, queued, needsYou, paused, eta, today }: StatusFacts): string {
  const counts = [
    running > 0 && `$(sync~spin) ${running}`,
    queued > 0 && (paused ? `$(debug-pause) ${queued}` : `$(clock) ${queued}`),
    needsYou > 0 && `$(bell-dot) ${needsYou}`,
  ].filter((part) => part !== false);
  const head =
    counts.length === 0 ? `$(device-camera-video) ${paused ? l10n.t('paused') : 'Cosmos'}` : counts.join(' ');
  return dotted(head, eta !== null && roughDuration(eta), today > 0 && dollars(today));
}

/** The same in words, for the tooltip and screen readers. */
export function statusSentence({ running, queued, needsYou, paused, eta, today }: StatusFacts): string {
  return dotted(
    l10n.t('{0} running', running),
    paused ? l10n.t('{0} queued, the queue is paused', queued) : l10n.t('{0} queued', queued),
    needsYou > 0 && l10n.t('{0} need attention', needsYou),
    eta !== null && l10n.t('{0} left', roughDuration(eta)),
    today > 0 && l10n.t('{0} today', dollars(today)),
  );
}
