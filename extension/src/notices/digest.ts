/** The notice for jobs that have ended or wait for the user: one message for any number of jobs. */
import path from 'node:path/posix';
import * as l10n from '@vscode/l10n';
import type { Job } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import type { UnknownName } from '../../../schemas/unknown-name.js';
import { duration } from '../views/words.js';

export type NoticeLevel = 'all' | 'needsYou' | 'off';

/** What a state means for a user who does not watch the queue; undefined = no notice. */
export function concern({ state, endedAt, error }: Job): 'finished' | 'needsYou' | undefined {
  switch (state) {
    case 'succeeded':
      return 'finished';
    case 'held':
    case 'failed':
    case 'refused':
      return 'needsYou';
    case 'preparing':
    case 'queued':
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
    case 'stopping':
    case 'cancelled':
      return undefined;
    default:
      state satisfies UnknownName;
      if (endedAt === null) return undefined;
      return error === null ? 'finished' : 'needsYou';
  }
}

export function isWanted(job: Job, wanted: NoticeLevel): boolean {
  const its = concern(job);
  return its !== undefined && (wanted === 'all' || wanted === its);
}

/** What a click on the notice shows: the video, the log of a run that went wrong, or the job in the queue. */
export type Shows = 'video' | 'log' | 'queue';

export interface Digest {
  readonly message: string;
  readonly needsYou: boolean;
  /** The job to show on a click. */
  readonly job: Job;
  readonly shows: Shows;
}

export function digest(jobs: readonly [Job, ...Job[]]): Digest {
  const waiting = jobs.filter((one) => concern(one) === 'needsYou');
  const job = waiting[0] ?? jobs[0];
  const needsYou = waiting.length > 0;
  if (jobs.length === 1) return { message: sentence(job), needsYou, job, shows: showsOf(job) };
  const finished = jobs.length - waiting.length;
  const sentences = [
    finished === 1 && l10n.t('1 video is finished.'),
    finished > 1 && l10n.t('{0} videos are finished.', finished),
    waiting.length === 1 && l10n.t('{0} needs your attention.', job.name),
    waiting.length > 1 && l10n.t('{0} jobs need your attention, {1} among them.', waiting.length, job.name),
  ];
  return { message: sentences.filter((part) => part !== false).join(' '), needsYou, job, shows: 'queue' };
}

function sentence(job: Job): string {
  const { name, state, error, reason } = job;
  const why = error?.message ?? reason;
  switch (state) {
    case 'held':
      return l10n.t('{0} is held: {1}', name, why);
    case 'refused':
      return l10n.t('{0} was refused: {1}', name, why);
    case 'failed':
      return l10n.t('{0} failed: {1}', name, why);
    case 'succeeded':
      return finishedWords(job);
    default:
      return why === ''
        ? l10n.t('{0} is {1}.', name, inWords(state))
        : l10n.t('{0} is {1}: {2}', name, inWords(state), why);
  }
}

/** The name of the video, which has a number if the clip has several. */
function finishedWords({ name, output, startedAt, endedAt }: Job): string {
  const video = output === null ? name : nameOf(output);
  if (startedAt === null || endedAt === null) return l10n.t('{0} is finished.', video);
  return l10n.t('{0} is finished in {1}.', video, duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
}

/** The file name without its extension. The daemon may run on another system than this window. */
function nameOf(file: string): string {
  return path.parse(file.replaceAll('\\', '/')).name;
}

/** A job that never ran has no log. */
function showsOf({ state, attempt }: Job): Shows {
  if (state === 'succeeded') return 'video';
  return (state === 'failed' || state === 'refused') && attempt > 0 ? 'log' : 'queue';
}
