import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { DaemonProcess, type Workspace } from '../../support/daemon.js';
import { newScene, openWindow } from '../support/fixtures.js';

test('a workspace that nobody trusts starts and changes nothing, whatever its settings name', async () => {
  const space = newScene();
  const proof = path.join(space.folder, 'started');
  nameProgram(space, proof);
  const workbench = await openWindow(space, { workspaceTrust: true, settings: QUIET_TRUST });
  await workbench.activity('Cosmos Bridge').click();
  await workbench.view('Queue').getByText('Cosmos Bridge is not set up').waitFor(); // it looked, and started none
  expect(await offered()).not.toEqual(expect.arrayContaining([expect.stringMatching(/Start the Daemon|Set Up/)]));

  const daemon = DaemonProcess.start(space);
  const client = await daemon.connect();
  const folder = workbench.rows('Clips').filter({ hasText: 'exports' }); // what is there can be read
  await folder.hover();
  expect(await isDisabled(folder, 'Switch Auto-Send On')).toBe(true);
  expect(await isDisabled(workbench.view('Clips'), 'Watch a Folder')).toBe(true);
  expect(await isDisabled(workbench.view('Hosts'), 'Add a Host')).toBe(true);
  expect(await isDisabled(workbench.view('Queue'), 'Pause Queue')).toBe(true);

  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
  await vi.waitFor(async () => expect(await isDisabled(workbench.view('Hosts'), 'Add a Host')).toBe(false));
  await workbench.runCommand('Cosmos: Pause Queue');
  await workbench.view('Queue').locator('.description', { hasText: 'paused' }).waitFor();
  expect(await client.call('queue.get', {})).toMatchObject({ paused: true });
  expect(existsSync(proof)).toBe(false); // these settings are the machine's alone, also of a trusted workspace

  function offered(): Promise<string[]> {
    return workbench.offered('Cosmos: ', 'Cosmos: Reconnect to the Daemon');
  }
});

/** Of a button of a view or a row. */
async function isDisabled(place: Locator, label: string): Promise<boolean> {
  const classes = await place.locator(`.action-label[aria-label^="${label}"]`).getAttribute('class');
  return (classes ?? '').split(' ').includes('disabled');
}

/** No question at the start; the window is restricted until somebody trusts the workspace. */
const QUIET_TRUST = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

/** As a repository that was cloned might: its settings name a program as the daemon, which would write `proof`. */
function nameProgram({ exports }: Workspace, proof: string): void {
  const script = `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`;
  const settings = { 'cosmos.daemon.command': [process.execPath, '-e', script], 'cosmos.daemon.autoStart': true };
  mkdirSync(path.join(exports, '.vscode'));
  writeFileSync(path.join(exports, '.vscode/settings.json'), JSON.stringify(settings));
}
