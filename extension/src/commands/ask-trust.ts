import * as l10n from '@vscode/l10n';
import { commands, type Tab, window, workspace } from 'vscode';
import { progress } from '../shown/progress.js';
import { GivenUp } from './ask.js';

/**
 * Opens VS Code's own editor for the trust of a workspace and closes it once trust is given.
 * @throws GivenUp when it is closed without.
 */
export async function askTrust(): Promise<void> {
  if (workspace.isTrusted) return;
  const before = new Set(allTabs());
  const words = l10n.t('This needs your trust in the open folder: press Trust, and it goes on by itself.');
  await progress(
    words,
    async (givenUp) => {
      const granted = new Promise<void>((resolve, reject) => {
        const subscription = workspace.onDidGrantWorkspaceTrust(() => done(resolve));
        const closing = window.tabGroups.onDidChangeTabs(({ closed }) => {
          if (closed.some((tab) => !before.has(tab))) done(() => reject(new GivenUp()));
        });
        givenUp.addEventListener('abort', () => done(() => reject(new GivenUp())));
        function done(settle: () => void): void {
          subscription.dispose();
          closing.dispose();
          settle();
        }
      });
      await commands.executeCommand('workbench.trust.manage');
      const opened = allTabs().filter((tab) => !before.has(tab));
      try {
        await granted;
      } finally {
        await closeAll(opened);
      }
    },
    { canBeGivenUp: true },
  );
}

function allTabs(): Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs);
}

async function closeAll(tabs: readonly Tab[]): Promise<void> {
  const there = new Set(allTabs());
  await window.tabGroups.close(tabs.filter((tab) => there.has(tab)));
}
