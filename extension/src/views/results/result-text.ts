/** A result in one line and in a tooltip: what it is, and what a person thought of it. */
import * as l10n from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import type { Job, Result, ResultMark } from '../../../../schemas/index.js';
import { modelTitle } from '../../../../schemas/model-title.js';
import { facts, type Markdown, md, paragraphs, picture, quoted } from '../../shown/markdown.js';
import type { Icon } from '../../shown/rows.js';
import { GOLD, GREEN, RED } from '../icons.js';
import { dotted } from '../words.js';

/** Width of a picture in a tooltip, in pixels. */
const POSTER_WIDTH = 320;

export function resultDescription(result: Result, job: Job | undefined): string {
  return dotted(
    result.preview ? modelTitle('preview') : job && modelTitle(job.engine),
    `${result.width}×${result.height}`,
    l10n.t('{0} frames', result.frames),
    result.stale && l10n.t('stale: the clip has changed'),
  );
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
  }
}

/** "result.accept.clip". */
export function resultContext({ mark, clip }: Pick<Result, 'mark' | 'clip'>): string {
  const parts = ['result', mark ?? 'unmarked'];
  if (clip !== null) parts.push('clip');
  return parts.join('.');
}

/** @param poster URI of its first picture, where there is one. */
export function resultTooltip(result: Result, job: Job | undefined, poster: string | undefined): Markdown {
  return paragraphs(
    md`**${result.name}**`,
    picture(poster, l10n.t('poster'), POSTER_WIDTH),
    job === undefined || job.settings.prompt === '' ? md`` : quoted(job.settings.prompt),
    facts([
      [l10n.t('Mark'), result.mark && markTitle(result.mark)],
      [l10n.t('Model'), result.preview ? l10n.t('Preview: no Cosmos result') : job && modelTitle(job.engine)],
      [l10n.t('Size'), `${result.width}×${result.height}`],
      [l10n.t('Frames'), l10n.t('{0} at {1} a second', result.frames, result.fps)],
      [l10n.t('Bytes'), prettyBytes(result.bytes)],
      [l10n.t('Made'), new Date(result.createdAt).toLocaleString()],
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
  }
}
