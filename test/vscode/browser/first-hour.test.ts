/** The first hour of somebody who has the extension and the clone, and has never started anything: up to a video and its variation. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Workspace } from '../../support/daemon.js';
import { distFile } from '../../support/dist.js';
import { writeSequences } from '../../support/passes.js';
import { Clicks } from '../support/clicks.js';
import { environmentOf, newScene, openWindow } from '../support/fixtures.js';
import { checked, drag } from '../support/form.js';
import { root } from '../support/paths.js';

const TRUSTED_BY_NOBODY = {
  workspaceTrust: true,
  settings: { 'security.workspace.trust.startupPrompt': 'never' },
};

/** Clicks from a window in which nobody has done anything to a finished video, opened: setting up and trust with them. */
const MOST_TO_VIDEO = 8;

test('from an empty profile without a cosmos on PATH to the first video, and to a variation of it', async () => {
  const space = newScene('');
  // Long enough for a person, and for a test beside others, to see it run.
  writeSequences(path.join(space.exports, 'street'), { passes: ['color', 'depth'], last: 72, width: 160, height: 96 });
  onTestFinished(() => stopDaemon(space));
  const env = { PATH: pathWithoutCosmos(), VSCODE_CLI: '1' }; // else VS Code takes that of a login shell
  const workbench = await openWindow(space, { ...TRUSTED_BY_NOBODY, extension: 'installed', toasts: true, env });
  const clicks = new Clicks();
  const { page } = workbench;
  const queue = workbench.view('Queue');
  const dialog = page.locator('.quick-input-widget');
  const inDialog = (text: string) => dialog.locator('.monaco-list-row').filter({ hasText: text });

  // A restricted window, and nothing is there: it says so, and offers one thing to do.
  await clicks.at('the symbol of Cosmos Bridge', workbench.activity('Cosmos Bridge'));
  await queue.getByText('Cosmos Bridge is not set up on this machine yet.').waitFor();
  expect(await queue.locator('.welcome-view-content .monaco-button').allTextContents()).toEqual(['Set Up...']);
  expect(await page.locator('.pane-header').allTextContents()).toEqual(['Queue', 'Clips', 'Results', 'Hosts']);
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

  await clicks.at(
    'Watch the Open Folder, in the notification',
    workbench.notifications.getByRole('button', { name: 'Watch the Open Folder' }),
  );
  const clip = workbench.rows('Clips').filter({ hasText: 'street' });
  await clip.filter({ hasText: '72 frames' }).waitFor();

  // Opened only now, the walkthrough has ticked what was done from the views, and nothing else.
  await workbench.runCommand('Welcome: Open Walkthrough...');
  await inDialog('Your First Cosmos Video').click();
  const ticked = page.locator('.getting-started-step:has(.codicon-getting-started-step-checked)');
  await ticked.nth(1).waitFor();
  expect(await ticked.locator('.step-title').allTextContents()).toEqual(['Set up the daemon', 'Watch a folder']);

  // A click on the clip opens its form: a prompt is written and a weight dragged.
  await clicks.at('the clip', clip);
  const form = workbench.webview;
  const edge = form.locator('[data-block=edge]');
  const slider = edge.locator('input[type=range]');
  await checked(form);
  await form.getByLabel('Prompt', { exact: true }).fill('Rain at night');
  await edge.getByRole('switch').check();
  await slider.waitFor();
  await drag(slider, 1, 0.4);
  const weight = Number(await slider.inputValue());
  expect(weight).toBeLessThan(0.6);
  await checked(form);
  await clicks.at('Send', form.getByRole('button', { name: 'Send', exact: true }));

  // It is seen while it runs, and its log opened from there.
  const running = workbench.rows('Queue').filter({ hasText: /^street\s*\d+%/ });
  await running.waitFor();
  await workbench
    .rows('Queue')
    .filter({ hasText: /^Running\s*1$/ })
    .waitFor();
  expect(await running.locator('.action-label').evaluateAll(names)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Open Log/), expect.stringMatching(/^Cancel/)]),
  );
  await workbench.rowAction(running, 'Open Log');
  await page
    .locator('.tab, .terminal-tabs-entry, .single-terminal-tab')
    .filter({ hasText: 'street' })
    .first()
    .waitFor();

  const result = workbench.rows('Results').filter({ hasText: 'Rain at night' });
  await result.waitFor();
  await clicks.at('the result', result);
  await page.locator('.tab.active').filter({ hasText: 'street_preview.mp4' }).waitFor();
  process.stdout.write(`${clicks.count} clicks from nothing to the first video:\n${clicks.list()}\n`);
  expect(clicks.count).toBeLessThanOrEqual(MOST_TO_VIDEO);

  // The same form, of the job that is done: what is changed there becomes another one.
  const lead = form.getByText('What you change here becomes a new job');
  await workbench.menu(result, 'Edit Prompt and Weights', lead);
  expect(await slider.inputValue()).toBe(String(weight));
  await form.getByLabel('Prompt', { exact: true }).fill('Snow at noon');
  await drag(slider, weight, 0.8);
  const varied = await slider.inputValue();
  await checked(form);
  await form.getByRole('button', { name: 'Send as Variation' }).click();
  await workbench.rows('Results').filter({ hasText: 'Snow at noon' }).waitFor();
  const provenance = readFileSync(path.join(space.exports, 'street', 'street_preview_2.json'), 'utf8');
  expect(provenance).toContain('Snow at noon');
  expect(provenance).toContain(`"control_weight": ${varied}`);
});

function stopDaemon(space: Workspace): void {
  const env = { ...process.env, ...environmentOf(space) };
  execFileSync(process.execPath, [distFile('daemon/cli/main.js'), 'daemon', 'stop'], { env, stdio: 'pipe' });
}

/** What the actions of a row are called. In the page. */
function names(actions: readonly { getAttribute(name: string): string | null }[]): (string | null)[] {
  return actions.map((action) => action.getAttribute('aria-label'));
}

/** Whoever develops this may have one. */
function pathWithoutCosmos(): string {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.filter((folder) => !existsSync(path.join(folder, 'cosmos'))).join(path.delimiter);
}
