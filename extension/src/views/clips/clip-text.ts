/** A clip as one line and as a tooltip: whether it is ready, and if not, why. */
import * as l10n from '@vscode/l10n';
import prettyBytes from 'pretty-bytes';
import type { Clip, ClipState, PassName, Pictures } from '../../../../schemas/received.js';
import { inWords } from '../../../../schemas/shown-text.js';
import { entryOf, type UnknownName } from '../../../../schemas/unknown-name.js';
import { facts, type Markdown, md, paragraphs, pictures } from '../../shown/markdown.js';
import type { Icon } from '../../shown/rows.js';
import { YELLOW } from '../icons.js';
import { clause, dotted, spoken } from '../words.js';

/** Width in pixels of the colour picture in a tooltip, and of the pictures of other passes. */
const COLOR_WIDTH = 288;
const PASS_WIDTH = 92;

/**
 * Why it cannot be sent or a warning; then when it was sent; then its frames and passes.
 * @param sent when it was sent last, in words.
 */
export function clipDescription(clip: Clip, sent?: string): string {
  return dotted(...partsOf(clip, sent));
}

/** The whole row for a screen reader. */
export function clipSpoken(clip: Clip, sent?: string): string {
  return spoken(clip.name, clipStateTitle(clip.state), ...partsOf(clip, sent));
}

function partsOf(clip: Clip, sent: string | undefined): (string | null | undefined)[] {
  if (clip.state !== 'ready') return [clause(clip.reason) || clipStateTitle(clip.state)];
  const last = sent === undefined ? null : l10n.t('sent {0}', sent);
  return [clip.warnings[0], last, frames(clip), size(clip), clip.passes.join(', ')];
}

type KnownState = Exclude<ClipState, UnknownName>;

function clipStateTitle(state: ClipState): string {
  const titles: Readonly<Record<KnownState, string>> = {
    writing: l10n.t('being written'),
    settling: l10n.t('settling'),
    ready: l10n.t('ready'),
    incomplete: l10n.t('incomplete'),
    offline: l10n.t('offline'),
  };
  return entryOf(titles, state) ?? inWords(state);
}

const ICONS: Readonly<Record<KnownState, Icon>> = {
  writing: { id: 'sync~spin' },
  settling: { id: 'watch' },
  ready: { id: 'device-camera-video' },
  incomplete: { id: 'warning', color: YELLOW },
  offline: { id: 'debug-disconnect' },
};

/** Of a state from a newer version. */
const OTHER_ICON: Icon = { id: 'circle-outline' };

export function clipIcon({ state, warnings }: Pick<Clip, 'state' | 'warnings'>): Icon {
  return state === 'ready' && warnings.length > 0
    ? { ...ICONS.ready, color: YELLOW }
    : (entryOf(ICONS, state) ?? OTHER_ICON);
}

/** "clip.ready.sendable". */
export function clipContext({ state }: Pick<Clip, 'state'>): string {
  return state === 'ready' ? 'clip.ready.sendable' : `clip.${Object.hasOwn(ICONS, state) ? state : 'other'}`;
}

/** Facts for the tooltip that are not in the clip itself. */
export interface ClipHistory {
  /** When it was sent last, in words. */
  readonly sent: string | undefined;
  /** Number of its videos. */
  readonly results: number;
  /** What *Send* does, in words; empty if the user would be asked. */
  readonly sends: string;
}

export function clipTooltip(clip: Clip, drawn: Pictures, { sent, results, sends }: ClipHistory): Markdown {
  const { range, fps, manifest } = clip;
  return paragraphs(
    md`**${clip.name}** — ${clipStateTitle(clip.state)}`,
    md`${clip.reason}`,
    ...posters(clip, drawn),
    ...clip.warnings.map((warning) => md`⚠ ${warning}`),
    facts([
      [l10n.t('Send'), clip.state === 'ready' && sends !== '' ? sends : null],
      [l10n.t('Last sent'), sent],
      [l10n.t('Results'), results === 0 ? null : String(results)],
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

/** Colour comes first, because people recognise the clip by it. */
function posters({ passes }: Clip, drawn: Pictures): Markdown[] {
  const named = (pass: PassName) => [pass, entryOf(drawn, pass) ?? ''] as const;
  const others = passes.filter((pass) => pass !== 'color');
  return [pictures([named('color')], COLOR_WIDTH), pictures(others.map(named), PASS_WIDTH)];
}

function frames({ frames: count }: Clip): string {
  return count === 1 ? l10n.t('1 frame') : l10n.t('{0} frames', count);
}

function size({ width, height }: Clip): string | null {
  return width === null || height === null ? null : `${width}×${height}`;
}
