import { commands, env, Uri } from 'vscode';
import { daemonSettings } from '../settings.js';
import { resultOf } from './arguments.js';
import type { Handler } from './register.js';

/** The video opens in VS Code; that of a daemon elsewhere, whose files are not here, in the browser. */
export const resultOpen: Handler = async ({ link, store }, ...args) => {
  const { job, video } = resultOf(store, args);
  if (daemonSettings().url === '') {
    await commands.executeCommand('vscode.open', Uri.file(video), { preview: true });
    return;
  }
  const media = await link.call('result.media', { job });
  await env.openExternal(Uri.parse(media.video));
};
