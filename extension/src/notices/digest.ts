/** What to tell a person when jobs ended or wait for them: one message, however many they are. */
import * as l10n from '@vscode/l10n';
import type { Job, JobState } from '../../../schemas/index.js';

export type Wanted = 'all' | 'needsYou' | 'off';

/** What a state means to somebody who does not look; undefined = nothing. */
export function concern(state: JobState): 'finished' | 'needsYou' | undefined {
  switch (state) {
    case 'succeeded':
      return 'finished';
    case 'held':
    case 'failed':
    case 'refused':
      return 'needsYou';
    default:
      return undefined;
  }
}

export function isWanted(job: Job, wanted: Wanted): boolean {
  const its = concern(job.state);
  return its !== undefined && (wanted === 'all' || wanted === its);
}

export interface Digest {
  readonly message: string;
  readonly needsYou: boolean;
  /** The one to show on a click. */
  readonly job: Job;
}

export function digest(jobs: readonly [Job, ...Job[]]): Digest {
  const waiting = jobs.filter(({ state }) => concern(state) === 'needsYou');
  const job = waiting[0] ?? jobs[0];
  if (jobs.length === 1) return { message: sentence(job), needsYou: waiting.length > 0, job };
  const finished = jobs.length - waiting.length;
  const parts = [
    finished > 0 ? l10n.t('{0} finished', finished) : '',
    waiting.length > 0 ? l10n.t('{0} need you', waiting.length) : '',
  ];
  const message = l10n.t('Jobs: {0}.', parts.filter((part) => part !== '').join(', '));
  return { message, needsYou: waiting.length > 0, job };
}

function sentence({ name, state, error, reason }: Job): string {
  const why = error?.message ?? reason;
  switch (concern(state)) {
    case 'needsYou':
      return state === 'held' ? l10n.t('{0} waits for you. {1}', name, why) : l10n.t('{0} failed. {1}', name, why);
    default:
      return l10n.t('{0} is finished.', name);
  }
}
