/** Watches folders that the person chooses. */
import * as l10n from '@vscode/l10n';
import { commands, type Uri, window } from 'vscode';
import { GivenUp } from './ask.js';
import type { Handler } from './register.js';
import { urisOf } from './uris.js';

/** Clips that already exist are listed and not sent. Auto-send stays off. */
export const watchAdd: Handler = async ({ link }, ...args) => {
  const chosen = urisOf(args);
  const folders = chosen.length > 0 ? chosen : await askFolders();
  for (const { fsPath } of folders) await link.call('watch.add', { path: fsPath });
  await commands.executeCommand('cosmos.clips.focus');
};

async function askFolders(): Promise<readonly Uri[]> {
  const folders = await window.showOpenDialog({
    title: l10n.t('Folder that Houdini writes clips to'),
    openLabel: l10n.t('Watch'),
    canSelectFolders: true,
    canSelectFiles: false,
    canSelectMany: true,
  });
  if (folders === undefined) throw new GivenUp();
  return folders;
}
