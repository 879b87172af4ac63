/** What is taken, one after the other in one window: each brings on the screen what its name says. */
import type { Workbench } from '../support/workbench.js';

export interface Picture {
  /** Of the file, before the theme. */
  readonly name: string;
  show(workbench: Workbench): Promise<void>;
}

export const PICTURES: readonly Picture[] = [
  { name: 'views', show: views },
  { name: 'prompt-and-weights', show: form },
  { name: 'spec', show: spec },
  { name: 'log', show: log },
  { name: 'walkthrough', show: walkthrough },
];

/** All four, with their groups open. */
async function views(workbench: Workbench): Promise<void> {
  await workbench.rows('Results').first().waitFor();
  const done = workbench.rows('Queue').filter({ hasText: 'Done' });
  if ((await done.getAttribute('aria-expanded')) === 'false') await done.click();
  await workbench.rows('Queue').last().hover(); // no tooltip of the row that was clicked
}

/** Of a job that waits: its clip has pictures of the passes. */
async function form(workbench: Workbench): Promise<void> {
  const waiting = workbench.rows('Queue').filter({ hasText: 'The queue is paused' }).first();
  await workbench.rowAction(waiting, 'Edit Prompt and Weights');
  await workbench.webview.locator('input[type=range]').first().waitFor();
  await workbench.webview.getByText('Checking...').waitFor({ state: 'hidden' });
}

async function spec(workbench: Workbench): Promise<void> {
  await workbench.openFile('broken.cosmos.json');
  await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await workbench.runCommand('Problems: Focus on Problems View');
  await workbench.page.locator('.markers-panel .monaco-list-row').nth(2).waitFor();
}

async function log(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('Control+j'); // the panel with the problems goes
  await workbench.rows('Queue').filter({ hasText: 'block_042' }).last().click({ button: 'right' });
  await workbench.page.locator('.context-view .action-label', { hasText: 'Open Log' }).click();
  await workbench.page.locator('.tab.active', { hasText: 'attempt 1' }).waitFor();
}

async function walkthrough(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await workbench.page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'From a Render to a Cosmos Video' })
    .click();
  await workbench.page.locator('.gettingStartedContainer', { hasText: 'Watch a folder' }).waitFor();
}
