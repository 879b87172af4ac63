/** A result as one line and as a tooltip: what it is, and how the user rated it. */
import * as l10n from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import { modelTitle } from '../../../../schemas/model-title.js';
import type { Job, Result, ResultMark } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import type { UnknownName } from '../../../../schemas/unknown-name.js';
import { facts, type Markdown, md, paragraphs, picture, quoted } from '../../shown/markdown.js';
import type { Icon } from '../../shown/rows.js';
import { GOLD, GREEN, RED } from '../icons.js';
import { moment } from '../moment.js';
import { outputTitle } from '../output-title.js';
import { seedNumber, seedOf } from '../queue/job-text.js';
import { weights } from '../queue/job-tooltip.js';
import { firstWords } from '../short.js';
import { dotted, spoken } from '../words.js';

/** Width of a picture in a tooltip, in pixels. */
const POSTER_WIDTH = 320;

export interface ResultLine {
  readonly result: Result;
  /** The job that made it, if it is in the store. */
  readonly job: Job | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** "street_2". */
export function resultTitle({ name, video }: Pick<Result, 'name' | 'video'>): string {
  return outputTitle(name, video);
}

/**
 * The properties that distinguish the video from others of its clip. How its run went is shown in the queue, under
 * Done.
 */
export function resultDescription(line: ResultLine): string {
  return dotted(...partsOf(line));
}

/** The whole row for a screen reader. */
export function resultSpoken(line: ResultLine): string {
  const { mark } = line.result;
  return spoken(resultTitle(line.result), mark && markTitle(mark), ...partsOf(line));
}

function partsOf({ result, job, now }: ResultLine): (string | null | undefined | false)[] {
  return [
    result.stale && l10n.t('stale'),
    moment(result.createdAt, now),
    job && firstWords(job.settings.prompt),
    job && seedOf(job.settings),
    result.preview ? modelTitle('preview') : job && modelTitle(job.engine),
  ];
}

export function resultIcon({ mark, stale }: Pick<Result, 'mark' | 'stale'>): Icon {
  switch (mark) {
    case 'accept':
      return { id: 'pass-filled', color: GREEN };
    case 'reject':
      return { id: 'circle-slash', color: RED };
    case 'star':
      return { id: 'star-full', color: GOLD };
    case null:
      return stale ? { id: 'history' } : { id: 'device-camera-video' };
    default:
      mark satisfies UnknownName;
      return { id: 'tag' };
  }
}

/** "result.accept.clip". */
export function resultContext({ mark, clip }: Pick<Result, 'mark' | 'clip'>): string {
  const known = mark === null || mark === 'accept' || mark === 'reject' || mark === 'star';
  const parts = ['result', known ? (mark ?? 'unmarked') : 'other'];
  if (clip !== null) parts.push('clip');
  return parts.join('.');
}

/** @param poster URI of its first picture, if there is one. */
export function resultTooltip({ result, job, now }: ResultLine, poster: string | undefined): Markdown {
  return paragraphs(
    md`**${resultTitle(result)}**`,
    md`${result.stale ? l10n.t('Stale: the clip has changed since.') : ''}`,
    picture(poster, l10n.t('poster'), POSTER_WIDTH),
    job === undefined || job.settings.prompt === '' ? md`` : quoted(job.settings.prompt),
    facts([
      [l10n.t('Mark'), result.mark && markTitle(result.mark)],
      [l10n.t('Model'), result.preview ? l10n.t('Preview: no Cosmos result') : job && modelTitle(job.engine)],
      [l10n.t('Size'), `${result.width}×${result.height}`],
      [l10n.t('Frames'), l10n.t('{0} at {1} a second', result.frames, result.fps)],
      [l10n.t('Bytes'), prettyBytes(result.bytes)],
      [l10n.t('Made'), moment(result.createdAt, now)],
      [l10n.t('Clip'), result.name],
      [l10n.t('Seed'), job && seedNumber(job.settings)],
      [l10n.t('Weights'), job && weights(job.settings.weights)],
      [l10n.t('File'), result.video],
    ]),
  );
}

function markTitle(mark: ResultMark): string {
  switch (mark) {
    case 'accept':
      return l10n.t('accepted');
    case 'reject':
      return l10n.t('rejected');
    case 'star':
      return l10n.t('starred');
    default:
      return inWords(mark satisfies UnknownName);
  }
}
