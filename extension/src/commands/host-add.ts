/** Asks for a new host, checks it and adds it. */
import * as l10n from '@vscode/l10n';
import type { ResultOf } from '../../../schemas/index.js';
import { tell } from '../shown/messages.js';
import { confirm } from './ask.js';
import { answering } from './host-answering.js';
import { walkThrough } from './host-walk.js';
import type { Handler } from './register.js';

/**
 * Probes the host. Writes it into cosmos.toml if the probe finds no error, or if the user wants the host in spite of
 * one.
 */
export const hostAdd: Handler = async (bridge) => {
  const { link } = bridge;
  const { askHost, askRoot } = await import('./host-questions.js'); // brings zod along: see extension.ts
  const host = await askHost(bridge.store);
  const title = l10n.t('Add {0}', host.name);
  const answer = await walkThrough(bridge, title, () => link.call('host.add', { host, asks: true }));
  if (answer.added) return tellAdded(host.name, answer);
  const failed = answer.probe.checks.filter(({ state }) => state === 'failed').map(({ message }) => message);
  const question = l10n.t('Add {0} although it is not ready?', host.name);
  await confirm(question, failed, l10n.t('Add It All the Same'));
  const add = (draft: typeof host) =>
    answering(link, () => link.call('host.add', { host: draft, force: true, asks: true }));
  const forced = await add(host);
  if (forced.added) return tellAdded(host.name, forced);
  // Only a host that answers can say where its home folder is.
  const root = await askRoot(host.name);
  return tellAdded(host.name, await add({ ...host, root }));
};

async function tellAdded(name: string, { file }: ResultOf<'host.add'>): Promise<void> {
  await tell(l10n.t('{0} is added to {1}.', name, file));
}
