/** Prints jobs: a row of the queue, and one job in detail. */
import path from 'node:path';
import { modelTitle } from '../../../schemas/model-title.js';
import type { Attempt, Job, MeasuredPass, Result } from '../../../schemas/received.js';
import { inWords } from '../../../schemas/shown-text.js';
import { ago, duration, NONE, percent } from './amounts.js';
import { type Colors, paintJobState } from './colors.js';
import type { Fields } from './key-values.js';
import type { Column } from './table.js';

export function jobColumns(colors: Colors): Column<Job>[] {
  return [
    { head: 'ID', cell: (job) => job.id },
    { head: 'CLIP', cell: (job) => job.name, atLeast: 12 },
    { head: 'STATE', cell: (job) => paintJobState(colors, job.state) },
    { head: 'MODEL', cell: (job) => modelTitle(job.engine) },
    { head: 'HOST', cell: (job) => job.host ?? NONE, atLeast: 8 },
    { head: 'PROGRESS', cell: (job) => percent(job.progress), align: 'right' },
    { head: 'ETA', cell: (job) => duration(job.eta), align: 'right' },
    { head: 'REASON', cell: reasonOf, atLeast: 24, wrap: 'words' },
  ];
}

function reasonOf(job: Job): string {
  const file = job.output === null ? '' : path.basename(job.output);
  return job.error?.message ?? (job.state === 'succeeded' ? file : job.reason);
}

/** What is shown with a job beside its own fields. */
export interface JobParts {
  readonly attempts: readonly Attempt[];
  readonly result: Result | null;
  /** Absent before it is prepared. */
  readonly passes?: readonly MeasuredPass[] | undefined;
}

/** The fields of one job in detail. `now` in milliseconds since 1970. */
export function jobFields(job: Job, { attempts, result, passes = [] }: JobParts, view: View): Fields {
  const { settings } = job;
  return {
    Job: job.id,
    Clip: job.name,
    State: paintJobState(view.colors, job.state) + (job.progress === null ? '' : `  ${percent(job.progress)}`),
    Reason: job.error?.message ?? job.reason,
    Model: modelTitle(job.engine),
    Host: job.host ?? settings.host ?? 'any',
    Run: job.run,
    Prompt: `${settings.prompt} ${view.colors.dim(`(${inWords(settings.promptSource)})`)}`.split('\n'),
    'Not used': settings.promptOverridden.flatMap(({ source, prompt }) => `${prompt} (${inWords(source)})`.split('\n')),
    Weights: pairs(settings.weights),
    Settings: pairs(settings.set),
    'Flat passes': settings.allowFlat === true ? 'allowed' : null,
    Passes: passes.map(passLine),
    Preset: settings.preset,
    Project: job.project,
    Tags: job.tags.join(', '),
    Priority: job.priority === 0 ? null : String(job.priority),
    Created: ago(job.createdAt, view.now),
    Attempts: attempts.map(attemptLine),
    Video: job.output,
    Result: result === null ? null : resultLine(result),
  };
}

export interface View {
  readonly colors: Colors;
  readonly now: number;
}

function attemptLine({ number, run, outcome, error, startedAt, endedAt }: Attempt): string {
  const took = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  const time = took === null ? '' : ` after ${duration(took)}`;
  return `${number}: ${outcome === null ? 'under way' : inWords(outcome)}${time} in run ${run}${error === null ? '' : `: ${error}`}`;
}

/** Share of all pixels, 0 to 1, from which on the most frequent value is worth showing. */
const TELLING = 0.01;

/** "depth: 0 to 255, 12.5 % of it 255; layer Z of shot.####.exr, read as 1.5 to 80. Notes." */
function passLine({ pass, min, max, commonest, share, source, read, notes }: MeasuredPass): string {
  const codes = `${Math.min(...min)} to ${Math.max(...max)}`;
  const same = new Set(commonest).size === 1;
  const value = same ? commonest[0] : `(${commonest.join(', ')})`;
  const common = share < TELLING ? '' : `, ${Math.floor(share * 1000) / 10} % of it ${value}`;
  const values =
    read === null ? '' : `, read as ${Number(read.least.toPrecision(4))} to ${Number(read.most.toPrecision(4))}`;
  return [`${pass}: ${codes}${common}; ${source}${values}.`, ...notes].join(' ');
}

function resultLine(result: Result): string {
  const what = `${result.frames} frames, ${result.width}x${result.height}, ${result.fps} fps`;
  const notes = [result.preview ? 'preview, not a Cosmos result' : '', result.stale ? 'the clip is newer' : ''];
  return [what, ...notes, result.mark === null ? '' : inWords(result.mark)].filter((part) => part !== '').join(', ');
}

/** "seed=1  num_steps=12" */
export function pairs(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('  ');
}
