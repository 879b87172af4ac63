/** Opens the video of a result. */
import * as l10n from '@vscode/l10n';
import { commands, env, Uri } from 'vscode';
import { Problem } from '../problem.js';
import { daemonSettings } from '../settings.js';
import { setContext } from '../walkthrough.js';
import { resultOf } from './arguments.js';
import type { Handler } from './register.js';

/** Opens the video in VS Code. If the daemon is on another machine, its files are not here, so the browser opens it. */
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
