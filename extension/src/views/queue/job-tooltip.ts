/** A job as a tooltip: what was asked for, its progress, and its result. */
import * as l10n from '@vscode/l10n';
import { modelTitle } from '../../../../schemas/model-title.js';
import { facts, type Markdown, md, paragraphs, picture, quoted } from '../../shown/markdown.js';
import { costOfJob } from '../cost.js';
import { moment } from '../moment.js';
import { jobTitle } from '../output-title.js';
import { dollars, duration } from '../words.js';
import { type JobLine, seedNumber, stateTitle } from './job-text.js';

/** Width of the poster in pixels. */
const POSTER_WIDTH = 320;

/** @param poster URI of its first picture, if there is one. */
export function jobTooltip(line: JobLine, poster: string | undefined): Markdown {
  const { job, now } = line;
  return paragraphs(
    md`**${jobTitle(job)}** — ${stateTitle(job.state)}`,
    picture(poster, l10n.t('poster'), POSTER_WIDTH),
    md`${job.error?.message ?? job.reason}`,
    job.settings.prompt === '' ? md`` : quoted(job.settings.prompt),
    facts([
      [l10n.t('Clip'), job.name],
      [l10n.t('Model'), modelTitle(job.engine)],
      [l10n.t('Host'), job.host ?? job.settings.host ?? l10n.t('any')],
      [l10n.t('Weights'), weights(job.settings.weights)],
      [l10n.t('Seed'), seedNumber(job.settings)],
      [l10n.t('Preset'), job.settings.preset],
      [l10n.t('Time left'), timeLeft(line)],
      [l10n.t('Cost'), cost(line)],
      [l10n.t('Sent'), moment(job.createdAt, now)],
      [l10n.t('Ended'), job.endedAt && moment(job.endedAt, now)],
      [l10n.t('Position in the queue'), line.place === undefined ? null : String(line.place + 1)],
      [l10n.t('Video'), job.output],
      [l10n.t('Attempt'), job.attempt > 1 ? String(job.attempt) : null],
      [l10n.t('Priority'), job.priority === 0 ? null : String(job.priority)],
      [l10n.t('Project'), job.project],
      [l10n.t('Tags'), job.tags.join(', ')],
    ]),
  );
}

/** "edge 0.5, depth off". */
export function weights(settings: Readonly<Partial<Record<string, string | number>>>): string {
  return Object.entries(settings)
    .map(([hint, weight]) => `${hint} ${weight}`)
    .join(', ');
}

function timeLeft({ job, progress }: JobLine): string | null {
  const eta = progress === undefined ? job.eta : progress.eta;
  return eta === null ? null : duration(eta);
}

function cost({ run, now }: JobLine): string | null {
  return run === undefined || run.pricePerHour === 0 ? null : dollars(costOfJob(run, now));
}
