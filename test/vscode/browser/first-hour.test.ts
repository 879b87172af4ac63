/** The first hour of somebody who has the extension and the clone, and has never started anything. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Workspace } from '../../support/daemon.js';
import { distFile } from '../../support/dist.js';
import { Clicks } from '../support/clicks.js';
import { environmentOf, newScene, openWindow } from '../support/fixtures.js';
import { root } from '../support/paths.js';

const TRUSTED_BY_NOBODY = {
  workspaceTrust: true,
  settings: { 'security.workspace.trust.startupPrompt': 'never' },
};

test('from an empty profile without a cosmos on PATH to the first clip', async () => {
  const space = newScene('');
  onTestFinished(() => stopDaemon(space));
  const env = { PATH: pathWithoutCosmos(), VSCODE_CLI: '1' }; // else VS Code takes that of a login shell
  const workbench = await openWindow(space, { ...TRUSTED_BY_NOBODY, toasts: true, env });
  const clicks = new Clicks();
  const { page } = workbench;
  const queue = workbench.view('Queue');
  const dialog = page.locator('.quick-input-widget');
  const inDialog = (text: string) => dialog.locator('.monaco-list-row').filter({ hasText: text });

  // A restricted window, and nothing is there: it says so, and offers one thing to do.
  await clicks.at('the symbol of Cosmos Bridge', workbench.activity('Cosmos Bridge'));
  await queue.getByText('Cosmos Bridge is not set up on this machine yet.').waitFor();
  expect(await queue.locator('.welcome-view-content .monaco-button').allTextContents()).toEqual(['Set Up...']);
  for (const view of ['Clips', 'Hosts', 'Results'])
    await workbench.view(view).getByText('while Cosmos Bridge').waitFor();

  // Trust is asked for on the way; what was wanted goes on by itself.
  await clicks.at('Set Up...', queue.getByRole('button', { name: 'Set Up...' }));
  const trust = page.locator('.workspace-trust-editor');
  await clicks.at('Trust', trust.getByRole('button', { name: 'Trust', exact: true }));
  await trust.waitFor({ state: 'detached' });

  // The open folder is proposed; it is not the clone, which is said, and asked for again.
  await dialog.getByText('Folder that Cosmos Bridge was cloned into').waitFor();
  await inDialog('street').waitFor(); // what lies in the proposed folder: the dialog has read it
  await dialog.getByRole('button', { name: 'Set Up' }).click();
  const complaint = workbench.notifications.filter({
    hasText: 'is not the folder of Cosmos Bridge: it has no package.json',
  });
  await complaint.getByRole('button', { name: 'Choose Another Folder...' }).click();
  await inDialog('street').waitFor();
  await dialog.locator('input[type="text"]').first().fill(root);
  await inDialog('schemas').waitFor();
  await clicks.at('Set Up, in the dialog with the folder of the clone', dialog.getByRole('button', { name: 'Set Up' }));

  // A task does it; its end is noticed, and the daemon started.
  await workbench.notifications.filter({ hasText: 'Cosmos Bridge is set up, and the daemon runs.' }).waitFor();
  expect(existsSync(path.join(space.folder, 'install.json'))).toBe(true);

  await clicks.at('Watch a Folder...', workbench.view('Clips').getByRole('button', { name: 'Watch a Folder...' }));
  await clicks.at('Watch, in the dialog with the open folder', dialog.getByRole('button', { name: 'Watch' }));
  await workbench.rows('Clips').filter({ hasText: 'street' }).waitFor();

  // Opened only now, the walkthrough has ticked what was done from the views, and nothing else.
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await inDialog('Your First Cosmos Video').click();
  const ticked = page.locator('.getting-started-step:has(.codicon-getting-started-step-checked)');
  await ticked.nth(1).waitFor();
  expect(await ticked.locator('.step-title').allTextContents()).toEqual(['Set up the daemon', 'Watch a folder']);

  process.stdout.write(`${clicks.count} clicks from nothing to the first clip:\n${clicks.list()}\n`);
  expect(clicks.count).toBeLessThanOrEqual(6);
});

function stopDaemon(space: Workspace): void {
  const env = { ...process.env, ...environmentOf(space) };
  execFileSync(process.execPath, [distFile('daemon/cli/main.js'), 'daemon', 'stop'], { env, stdio: 'pipe' });
}

/** Whoever develops this may have one. */
function pathWithoutCosmos(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.filter((folder) => !existsSync(path.join(folder, 'cosmos'))).join(path.delimiter);
}
