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
  await workbench.page.mouse.move(0, 0); // no tooltip of the button
}

async function spec(workbench: Workbench): Promise<void> {
  await workbench.openFile('broken.cosmos.json');
  await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await workbench.runCommand('Problems: Focus on Problems View');
  await workbench.page.locator('.markers-panel .monaco-list-row').nth(2).waitFor();
}
