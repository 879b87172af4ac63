/** Opens the video of a result. */
import * as l10n from '@vscode/l10n';
import { commands, env, Uri } from 'vscode';
import { Problem } from '../problem.js';
import { daemonSettings } from '../settings.js';
import { setContext } from '../walkthrough.js';
import { resultOf } from './arguments.js';
import type { Handler } from './register.js';

/** The video opens in VS Code; that of a daemon elsewhere, whose files are not here, in the browser. */
export const resultOpen: Handler = async ({ link, store }, ...args) => {
  const { job, video } = resultOf(store, args);
  setContext('cosmos.looked', true);
  if (daemonSettings().url === '') {
    await commands.executeCommand('vscode.open', Uri.file(video), { preview: true });
    return;
  }
  const media = await link.call('result.media', { job });
  const address = Uri.parse(media.video);
  if (!/^https?$/.test(address.scheme)) throw new Problem('internal', l10n.t('The daemon gave no address on the web.'));
  await env.openExternal(address);
};
