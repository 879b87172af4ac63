/** Switches auto-send on for watched folders, with a preset that the person chooses. */
import * as l10n from '@vscode/l10n';
import type { PickItem } from '../shown/questions.js';
import { first, thingsOf } from './arguments.js';
import { askChoice } from './ask.js';
import type { Handler } from './register.js';

/** New ready clips of the folder become jobs automatically. The daemon's own rules say which clips it takes. */
export const watchAutoSendOn: Handler = async ({ link, store }, ...args) => {
  const watches = thingsOf(store.watches, 'watch', args);
  const { presets } = await link.call('config.get', {});
  const previews: PickItem<string | undefined> = {
    label: l10n.t('Previews only'),
    detail: l10n.t('Computed on this machine; they cost nothing.'),
    value: undefined,
  };
  const choices = presets.map((name) => ({
    label: name,
    description: name === first(watches).preset ? l10n.t('as before') : '',
    detail: l10n.t('With this preset. A host that costs money never starts by itself.'),
    value: name,
  }));
  const title = l10n.t('Auto-send: what becomes of new clips?');
  const preset = presets.length === 0 ? undefined : await askChoice(title, [previews, ...choices]);
  for (const { path } of watches) await link.call('watch.setAutoSend', { path, autoSend: true, preset });
};
