/** Without the mouse: a clip is sent, its job followed, its log read, its result judged and opened. */
import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { openWindow, startScene } from '../support/fixtures.js';
import type { Workbench } from '../support/workbench.js';

/** As a screen reader reads it. */
const SENT = /^Info: street goes to Preview on local, with a template for a prompt\./;

test('a clip is sent, its log read and its result judged and opened by keys alone', async () => {
  const { space, daemon } = await startScene();
  const client = await daemon.connect();
  const workbench = await openWindow(space);
  const { page } = workbench;
  await workbench.activity('Cosmos Bridge').waitFor();
  const press = (key: string) => page.keyboard.press(key);
  await workbench.typeCommand('Focus on Clips View');

  await reach(workbench, 'Clips', 'street');
  await press('Control+Alt+Enter');
  await workbench.rows('Results').filter({ hasText: 'street' }).waitFor();
  await workbench.typeCommand('Notifications: Show Notifications');
  await page.getByRole('dialog', { name: SENT }).waitFor();
  await workbench.typeCommand('Notifications: Hide Notifications');
  const { jobs } = await client.call('job.list', {});
  expect(jobs).toMatchObject([{ name: 'street', settings: { promptSource: 'template' } }]);

  await reach(workbench, 'Queue', 'Done');
  await press('ArrowRight');
  await reach(workbench, 'Queue', 'street');
  await press('Alt+l');
  await page.locator('.tab.active').filter({ hasText: 'street' }).waitFor();

  await reach(workbench, 'Results', 'street');
  await press('Alt+p');
  await vi.waitFor(async () => {
    expect((await client.call('result.list', {})).results).toMatchObject([{ mark: 'star' }]);
  });
  // VS Code opens nothing for a row that it is just drawing anew, as it does with one that was marked.
  await vi.waitFor(async () => {
    await press('Enter');
    await page.locator('.tab.active').filter({ hasText: 'street_preview.mp4' }).waitFor({ timeout: 5000 });
  });

  await reach(workbench, 'Results', 'street');
  await press('F2');
  await workbench.webview.locator('h1').filter({ hasText: 'street' }).waitFor();
});

/**
 * Puts the keyboard on a row, from wherever it is. A row keeps its mark as the focused one of its list while the keyboard
 * is elsewhere, the palette's command moves the keyboard a moment after the palette has closed, and an editor that has
 * just opened takes the keyboard back: so the whole way is gone again until the keyboard is there.
 */
async function reach(workbench: Workbench, view: string, name: string): Promise<Locator> {
  const { keyboard } = workbench.page;
  const row = workbench.rows(view).filter({ hasText: name }).first();
  await row.waitFor();
  await vi.waitFor(async () => {
    await workbench.typeCommand(`Focus on ${view} View`);
    await keyboard.press('Home');
    for (let left = await workbench.rows(view).count(); left > 0 && !(await isFocused(row)); left--) {
      await keyboard.press('ArrowDown');
    }
    expect(await isFocused(row)).toBe(true);
  });
  return row;
}

async function isFocused(row: Locator): Promise<boolean> {
  const underKeys = row.page().locator('.monaco-list:focus .monaco-list-row.focused');
  return (await row.and(underKeys).count()) > 0;
}
