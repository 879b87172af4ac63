/** A job as one line. What people look for comes first: its progress, when it will be done, why it waits or failed. */
import * as l10n from '@vscode/l10n';
import { modelTitle } from '../../../../schemas/model-title.js';
import type { Job, JobState, Progress, Run } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import { entryOf, type UnknownName } from '../../../../schemas/unknown-name.js';
import { costOfJob } from '../cost.js';
import { moment } from '../moment.js';
import { jobTitle } from '../output-title.js';
import { firstWords } from '../short.js';
import { clause, dollars, dotted, duration, percent, spoken } from '../words.js';

export interface JobLine {
  readonly job: Job;
  readonly progress: Progress | undefined;
  /** The run of which it is or was a member. */
  readonly run: Run | undefined;
  /** Its index among the waiting jobs, from 0; undefined = it does not wait. */
  readonly place: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The text after the job's name. What the icon and the group say is left out. */
export function jobDescription(line: JobLine): string {
  return dotted(...partsOf(line));
}

/** The whole row for a screen reader, which reads neither icon nor group. */
export function jobSpoken(line: JobLine): string {
  const state = stateTitle(line.job.state);
  return spoken(jobTitle(line.job), state, ...partsOf(line).filter((part) => part !== state));
}

type Part = string | null;

function partsOf(line: JobLine): Part[] {
  const { job, run } = line;
  switch (job.state) {
    case 'preparing':
      return [howFar(line) ?? stateTitle('preparing'), line.progress?.stage || null];
    case 'queued':
      return [clause(job.reason) || inLine(line), modelTitle(job.engine), job.settings.host, ...wishes(job)];
    case 'staging':
    case 'staged':
    case 'running':
    case 'collecting':
      return [howFar(line), timeLeft(line), stage(line), job.host, cost(line)];
    case 'stopping':
      return [stateTitle('stopping'), howFar(line), job.host, cost(line)];
    case 'succeeded':
      return [took(job), cost(line), ended(line), job.host ?? run?.host ?? null, modelTitle(job.engine)];
    case 'held':
      return [why(job), ...wishes(job)];
    case 'failed':
    case 'refused':
    case 'cancelled':
      return [why(job), ended(line), cost(line)];
    default:
      return [stateTitle(job.state satisfies UnknownName), ...otherParts(line)];
  }
}

/** Of a state from a newer version: all that a job can have, as nobody knows here what is looked for first. */
function otherParts(line: JobLine): Part[] {
  const { job, progress } = line;
  const why = clause(job.error?.message ?? job.reason) || null;
  return [howFar(line), timeLeft(line), progress?.stage || null, why, ended(line), job.host, cost(line)];
}

export function stateTitle(state: JobState): string {
  const titles: Readonly<Record<Exclude<JobState, UnknownName>, string>> = {
    preparing: l10n.t('preparing'),
    held: l10n.t('held'),
    queued: l10n.t('queued'),
    staging: l10n.t('sending files'),
    staged: l10n.t('starting'),
    running: l10n.t('running'),
    collecting: l10n.t('fetching the result'),
    stopping: l10n.t('stopping'),
    succeeded: l10n.t('done'),
    failed: l10n.t('failed'),
    refused: l10n.t('refused'),
    cancelled: l10n.t('cancelled'),
  };
  return entryOf(titles, state) ?? inWords(state);
}

/** "chunk 1/2 step 12/35". If the daemon sends a progress text, it is used instead of the state. */
function stage({ job, progress }: JobLine): string {
  return progress?.stage || stateTitle(job.state);
}

function howFar({ job, progress }: JobLine): Part {
  const fraction = progress?.fraction ?? job.progress;
  return fraction === null ? null : percent(fraction);
}

function timeLeft({ job, progress }: JobLine): Part {
  const eta = progress === undefined ? job.eta : progress.eta;
  return eta === null ? null : l10n.t('{0} left', duration(eta));
}

/** "2nd". */
function inLine({ place }: JobLine): Part {
  if (place === undefined || place < 0) return null;
  if (place === 0) return l10n.t('next');
  const number = place + 1;
  const isTeen = number % 100 > 10 && number % 100 < 14;
  switch (isTeen ? 0 : number % 10) {
    case 1:
      return l10n.t('{0}st', number);
    case 2:
      return l10n.t('{0}nd', number);
    case 3:
      return l10n.t('{0}rd', number);
    default:
      return l10n.t('{0}th', number);
  }
}

/** What distinguishes the jobs of one clip. */
function wishes({ settings }: Job): Part[] {
  return [firstWords(settings.prompt), seedOf(settings)];
}

/** "seed 7". */
export function seedOf(settings: Job['settings']): Part {
  const seed = seedNumber(settings);
  return seed === null ? null : l10n.t('seed {0}', seed);
}

/** "7". */
export function seedNumber({ set }: Job['settings']): Part {
  return typeof set.seed === 'number' ? String(set.seed) : null;
}

function why({ state, error, reason }: Job): string {
  return clause(error?.message ?? reason) || stateTitle(state);
}

function ended({ job, now }: JobLine): Part {
  return job.endedAt === null ? null : moment(job.endedAt, now);
}

function cost({ run, now }: JobLine): Part {
  return run === undefined || run.pricePerHour === 0 ? null : dollars(costOfJob(run, now));
}

function took({ startedAt, endedAt }: Job): Part {
  if (startedAt === null || endedAt === null) return null;
  return l10n.t('took {0}', duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
}
