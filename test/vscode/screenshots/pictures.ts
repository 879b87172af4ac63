/** What is taken, one after the other in one window: each brings on the screen what its name says. */
import type { ScriptScene } from '../support/script-scene.js';
import type { Workbench } from '../support/workbench.js';
import { askPerson } from './scene.js';

export interface Picture {
  /** Of the file, before the theme. */
  readonly name: string;
  show(workbench: Workbench, scene: ScriptScene): Promise<void>;
}

/** The panel of problems comes last: it would stand below all that follow. */
export const PICTURES: readonly Picture[] = [
  { name: 'views', show: views },
  { name: 'prompt-and-weights', show: form },
  { name: 'log', show: log },
  { name: 'walkthrough', show: walkthrough },
  { name: 'notice', show: notice },
  { name: 'spec', show: spec },
];

/** All four, with their groups open. */
async function views(workbench: Workbench): Promise<void> {
  await workbench.rows('Results').first().waitFor();
  const done = workbench.rows('Queue').filter({ hasText: 'Done' });
  await done.click();
  await workbench.page.keyboard.press('ArrowRight'); // open, whatever the click made of it
  await done.and(workbench.page.locator('[aria-expanded=true]')).waitFor();
}

/** Of a clip: the pictures of its passes are drawn when somebody looks for the first time. */
async function form(workbench: Workbench): Promise<void> {
  await workbench.rows('Clips').filter({ hasText: 'block_042' }).click();
  await workbench.webview.locator('input[type=range]').first().waitFor();
  await workbench.webview.getByText('Checking...').waitFor({ state: 'hidden' });
  for (const block of ['edge', 'depth', 'seg']) await workbench.webview.locator(`[data-block=${block}] img`).waitFor();
}

/** Of the job that is finished. */
async function log(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Cosmos: Open Log');
  await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'succeeded' }).click();
  await workbench.page.locator('.tab.active').filter({ hasText: 'attempt 1' }).waitFor();
  await workbench.page.locator('.monaco-editor .view-line').filter({ hasText: 'Finished in' }).first().waitFor();
}

async function walkthrough(workbench: Workbench): Promise<void> {
  const title = 'Your First Cosmos Video';
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).click();
  await workbench.page.locator('.gettingStartedContainer').getByText('Watch a folder', { exact: true }).waitFor();
}

/** In the list of notices, as a window without focus shows none by itself. */
async function notice(workbench: Workbench, scene: ScriptScene): Promise<void> {
  askPerson(scene);
  await workbench.rows('Queue').filter({ hasText: 'alley_007' }).waitFor();
  await workbench.runCommand('Notifications: Show Notifications');
  await workbench.page.locator('.notifications-center').getByText('alley_007 is held').waitFor();
}

async function spec(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Notifications: Clear All Notifications');
  await workbench.openFile('broken.cosmos.json');
  for (const part of ['.squiggly-error', '.codelens-decoration']) {
    await workbench.page.locator(`.monaco-editor ${part}`).first().waitFor();
  }
  await workbench.runCommand('Problems: Focus on Problems View');
  await workbench.page.locator('.markers-panel .monaco-list-row').nth(2).waitFor();
}
