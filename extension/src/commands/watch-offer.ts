/** Says that the daemon is ready, and offers to watch the open folder. */
import * as l10n from '@vscode/l10n';
import { commands, workspace } from 'vscode';
import type { Bridge } from '../bridge.js';
import { tell } from '../shown/messages.js';

/** Says that the set-up is complete. If no folder is watched yet, it offers a click on one that VS Code knows. */
export async function tellReady(sentence: string, { store }: Pick<Bridge, 'store'>): Promise<void> {
  const [folder] = workspace.workspaceFolders ?? [];
  if (folder === undefined || store.watches.size > 0) return void (await tell(sentence));
  const watch = l10n.t('Watch the Open Folder');
  const words = l10n.t('{0} No folder is watched yet.', sentence);
  if ((await tell(words, watch)) === watch) await commands.executeCommand('cosmos.watch.add', folder.uri);
}
