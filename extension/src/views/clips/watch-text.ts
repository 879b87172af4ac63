/** A watched folder in one line. */
import * as l10n from '@vscode/l10n';
import type { Watch } from '../../../../schemas/received.js';
import type { Icon } from '../../shown/rows.js';
import { dotted } from '../words.js';

export function watchDescription(watch: Watch, clips: number): string {
  return dotted(
    watch.state === 'offline' && l10n.t('offline'),
    watch.autoSend && autoSend(watch),
    watch.poll && l10n.t('polling'),
    watch.state === 'online' && count(clips),
  );
}

export function watchIcon({ state, autoSend }: Watch): Icon {
  if (state === 'offline') return { id: 'debug-disconnect' };
  return { id: autoSend ? 'folder-active' : 'folder' };
}

/** "watch.online.manual.removable". */
export function watchContext({ state, autoSend, source }: Watch): string {
  const parts = ['watch', state, autoSend ? 'auto' : 'manual'];
  if (source === 'added') parts.push('removable');
  return parts.join('.');
}

function autoSend({ preset }: Watch): string {
  return preset === null ? l10n.t('auto-send') : l10n.t('auto-send with {0}', preset);
}

function count(clips: number): string {
  return clips === 1 ? l10n.t('1 clip') : l10n.t('{0} clips', clips);
}
