/** A job in a tooltip: what it was asked for, how it goes, and what comes out of it. */
import * as l10n from '@vscode/l10n';
import type { Job, Weight } from '../../../../schemas/index.js';
import { modelTitle } from '../../../../schemas/model-title.js';
import { facts, type Markdown, md, paragraphs, picture, quoted } from '../../shown/markdown.js';
import { costOfJob } from '../cost.js';
import { dollars, duration } from '../words.js';
import { type JobLine, stateTitle } from './job-text.js';

/** Poster width in pixels. */
const POSTER_WIDTH = 320;

/** @param poster URI of its first picture, where there is one. */
export function jobTooltip(line: JobLine, poster: string | undefined): Markdown {
  const { job } = line;
  return paragraphs(
    md`**${job.name}** — ${stateTitle(job.state)}`,
    picture(poster, l10n.t('poster'), POSTER_WIDTH),
    md`${job.error?.message ?? job.reason}`,
    job.settings.prompt === '' ? md`` : quoted(job.settings.prompt),
    facts([
      [l10n.t('Model'), modelTitle(job.engine)],
      [l10n.t('Host'), job.host ?? job.settings.host ?? l10n.t('any')],
      [l10n.t('Weights'), weights(job.settings.weights)],
      [l10n.t('Seed'), seed(job)],
      [l10n.t('Preset'), job.settings.preset],
      [l10n.t('Time left'), timeLeft(line)],
      [l10n.t('Cost'), cost(line)],
      [l10n.t('Attempt'), job.attempt > 1 ? String(job.attempt) : null],
      [l10n.t('Priority'), job.priority === 0 ? null : String(job.priority)],
      [l10n.t('Project'), job.project],
      [l10n.t('Tags'), job.tags.join(', ')],
    ]),
  );
}

/** "edge 0.5, depth off". */
export function weights(settings: Readonly<Partial<Record<string, Weight>>>): string {
  return Object.entries(settings)
    .map(([hint, weight]) => `${hint} ${weight}`)
    .join(', ');
}

function seed({ settings }: Job): string | null {
  const value = settings.set.seed;
  return typeof value === 'number' ? String(value) : null;
}

function timeLeft({ job, progress }: JobLine): string | null {
  const eta = progress === undefined ? job.eta : progress.eta;
  return eta === null ? null : duration(eta);
}

function cost({ run, now }: JobLine): string | null {
  return run === undefined || run.pricePerHour === 0 ? null : dollars(costOfJob(run, now));
}
