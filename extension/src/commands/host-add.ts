import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { confirm } from './ask.js';
import { askHost } from './host-questions.js';
import { walkThrough } from './host-walk.js';
import type { Handler } from './register.js';

/** Looks at the host, and writes it into cosmos.toml when all is well, or when a person wants it all the same. */
export const hostAdd: Handler = async (bridge) => {
  const host = await askHost(bridge.store);
  const title = l10n.t('Add {0}', host.name);
  const answer = await walkThrough(bridge, title, () => bridge.link.call('host.add', { host }));
  if (answer.added) {
    await window.showInformationMessage(l10n.t('{0} is added to {1}.', host.name, answer.file));
    return;
  }
  const failed = answer.probe.checks.filter(({ state }) => state === 'failed').map(({ message }) => message);
  const question = l10n.t('Add {0} although it is not ready?', host.name);
  await confirm(question, failed.join('\n'), l10n.t('Add It All the Same'));
  await bridge.link.call('host.add', { host, force: true });
};
