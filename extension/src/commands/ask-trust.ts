/** Asks the person to trust the workspace, and waits for the answer. */
import * as l10n from '@vscode/l10n';
import { commands, type Disposable, type Tab, window, workspace } from 'vscode';
import { progress } from '../shown/progress.js';
import { GivenUp } from './ask.js';

/**
 * Opens VS Code's own trust editor for the workspace, and closes it once trust is given.
 * @throws GivenUp if the user closes it or presses Cancel.
 */
export async function askTrust(): Promise<void> {
  if (workspace.isTrusted) return;
  const words = l10n.t('This needs your trust in the open folder: press Trust, and it goes on by itself.');
  await progress(words, grant, { canBeGivenUp: true });
}

async function grant(givenUp: AbortSignal): Promise<void> {
  const before = new Set(allTabs());
  const subscriptions: Disposable[] = [];
  let opened: readonly Tab[] = [];
  const granted = new Promise<void>((resolve, reject) => {
    const refuse = () => reject(new GivenUp());
    givenUp.addEventListener('abort', refuse);
    subscriptions.push(
      workspace.onDidGrantWorkspaceTrust(() => resolve()),
      window.tabGroups.onDidChangeTabs(({ closed }) => closed.some((tab) => opened.includes(tab)) && refuse()),
    );
  });
  try {
    await commands.executeCommand('workbench.trust.manage');
    opened = allTabs().filter((tab) => !before.has(tab));
    await granted;
  } finally {
    for (const subscription of subscriptions) subscription.dispose();
    const there = new Set(allTabs());
    await window.tabGroups.close(opened.filter((tab) => there.has(tab)));
  }
}

function allTabs(): Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
