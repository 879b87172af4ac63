/** A clip in one line and in a tooltip: is it ready, and if not, why. */
import * as l10n from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import type { Clip, ClipState } from '../../../../schemas/index.js';
import { facts, type Markdown, md, paragraphs } from '../../shown/markdown.js';
import type { Icon } from '../../shown/rows.js';
import { YELLOW } from '../icons.js';
import { dotted } from '../words.js';

export function clipDescription(clip: Clip): string {
  if (clip.state !== 'ready') return dotted(clipStateTitle(clip.state), clip.reason);
  return dotted(l10n.t('{0} frames', clip.frames), size(clip), clip.passes.join(', '), clip.warnings[0]);
}

export function clipStateTitle(state: ClipState): string {
  const titles: Readonly<Record<ClipState, string>> = {
    writing: l10n.t('being written'),
    settling: l10n.t('settling'),
    ready: l10n.t('ready'),
    incomplete: l10n.t('incomplete'),
    offline: l10n.t('offline'),
  };
  return titles[state];
}

const ICONS: Readonly<Record<ClipState, Icon>> = {
  writing: { id: 'sync~spin' },
  settling: { id: 'watch' },
  ready: { id: 'device-camera-video' },
  incomplete: { id: 'warning', color: YELLOW },
  offline: { id: 'debug-disconnect' },
};

export function clipIcon({ state, warnings }: Pick<Clip, 'state' | 'warnings'>): Icon {
  return state === 'ready' && warnings.length > 0 ? { ...ICONS.ready, color: YELLOW } : ICONS[state];
}

/** "clip.ready.sendable". */
export function clipContext({ state }: Pick<Clip, 'state'>): string {
  return state === 'ready' ? 'clip.ready.sendable' : `clip.${state}`;
}

export function clipTooltip(clip: Clip): Markdown {
  const { range, fps, manifest } = clip;
  return paragraphs(
    md`**${clip.name}** — ${clipStateTitle(clip.state)}`,
    md`${clip.reason}`,
    ...clip.warnings.map((warning) => md`⚠ ${warning}`),
    facts([
      [l10n.t('Folder'), clip.path],
      [l10n.t('Passes'), clip.passes.join(', ')],
      [l10n.t('Frames'), range === null ? String(clip.frames) : `${clip.frames} (${range.first}–${range.last})`],
      [l10n.t('Size'), size(clip)],
      [l10n.t('Rate'), fps === null ? null : l10n.t('{0} frames per second', fps)],
      [l10n.t('Bytes'), prettyBytes(clip.bytes)],
      [l10n.t('Revision'), clip.revision > 1 ? String(clip.revision) : null],
      [l10n.t('Houdini'), manifest?.houdini?.node],
      [l10n.t('Spec'), clip.specFile],
      [l10n.t('Prompt'), clip.promptFile],
    ]),
  );
}

function size({ width, height }: Clip): string | null {
  return width === null || height === null ? null : `${width}×${height}`;
}
