/** Names of strangers in the real VS Code: whatever they are, they are read and do nothing. */
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { frameFile, writePng, writeSequences } from '../../support/passes.js';
import { openWindow, startScene } from '../support/fixtures.js';
import type { Workbench } from '../support/workbench.js';

/** A link in a notification, of which one click runs a command in the terminal. */
const LINK = '[beauty_v3](command:workbench.action.terminal.sendSequence?{"text":"id>pwned.txt\\u000d"})';
/** An icon, an element, an address that becomes a link by itself, Markdown, letters that turn a line around, a line end. */
const MIXED = '$(bug) <img src=x onerror=alert(1)> www.evil.example **b** `c` \u202egnp.a\nb';
const MIXED_SHOWN = '$(bug) <img src=x onerror=alert(1)> www.evil.example **b** `c` \\u202egnp.a\\nb';
/** Its depth says nothing, so that its job waits for a person. */
const FLAT = '[flat $(bug)](command:workbench.action.quit) <b>x';
/** Written from right to left, with a number. */
const HEBREW = 'סצנה 12';

/** What would have come of such a name: a link that leads somewhere, an icon, a picture, letters in bold. */
const ACTIVE = 'a[href]:not([href=""]), a[data-href], .codicon, img, b, code';

test('the name of a folder is read in notification, tree, tooltip, pick, question and form, and does nothing', async () => {
  const { space, daemon } = await startScene();
  for (const name of [LINK, MIXED, HEBREW])
    writeSequences(path.join(space.exports, name), { passes: ['color', 'depth'] });
  writeSequences(path.join(space.exports, FLAT), { passes: ['color'] });
  for (let frame = 1; frame <= 8; frame++) {
    writePng(frameFile(path.join(space.exports, FLAT), 'depth', frame), 64, 48, () => [90, 90, 90]);
  }
  const client = await daemon.connect();
  const workbench = await openWindow(space);
  const { page } = workbench;
  await workbench.activity('Cosmos Bridge').click();
  const ready = await vi.waitFor(async () => {
    const { clips } = await client.call('clip.list', {});
    expect(clips.filter(({ state }) => state === 'ready')).toHaveLength(5);
    return new Map(clips.map(({ name, id }) => [name, id]));
  });
  const send = (name: string) => client.call('job.submit', { targets: [ready.get(name) ?? ''] });
  for (const name of [LINK, MIXED_SHOWN, FLAT]) await rowOf(workbench, 'Clips', name).waitFor();

  await send(FLAT);
  await rowOf(workbench, 'Queue', FLAT).waitFor();
  await workbench.runCommand('Notifications: Show Notifications');
  const notice = page.locator('.notifications-center .notification-list-item-message');
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/^\[flat \$\(bug\)\]\\\(command:workbench\.action\.quit\) <b>x is held: /);
  expect(await notice.locator('a').count()).toBe(0);
  await send(LINK);
  await rowOf(workbench, 'Results', LINK).waitFor();

  await rowOf(workbench, 'Clips', MIXED_SHOWN).hover();
  const hover = page.locator('.workbench-hover').filter({ hasText: 'Folder' });
  await hover.waitFor();
  expect(await hover.locator('strong').textContent()).toBe(MIXED_SHOWN);
  const passes = page.locator('img[src^="data:image/jpeg;base64,"]'); // ours
  expect(await hover.locator(ACTIVE).count()).toBe(await hover.locator(passes).count());

  await workbench.runCommand('Cosmos: Send a Clip');
  const picks = page.locator('.quick-input-list .monaco-list-row .quick-input-list-rows .label-name');
  await picks.filter({ hasText: 'beauty_v3' }).waitFor();
  expect((await picks.allTextContents()).map((text) => text.trim())).toEqual(
    expect.arrayContaining([LINK, MIXED_SHOWN, FLAT, `\u2068${HEBREW}\u2069`]),
  );
  expect(await picks.locator('.codicon').count()).toBe(5); // the one before each name
  await page.locator('.quick-input-widget input[type="text"]').first().press('Escape');

  const waiting = rowOf(workbench, 'Queue', FLAT);
  await workbench.rowAction(waiting, 'Release');
  const question = page.locator('.monaco-dialog-box');
  await question.waitFor();
  expect(await question.locator('.dialog-message-text').textContent()).toBe(`Release ${FLAT}?`);
  expect(await question.locator('.dialog-message-container').locator(ACTIVE).count()).toBe(0);
  await page.keyboard.press('Escape');

  const heading = workbench.webview.locator('h1');
  await workbench.menu(waiting, 'Edit Prompt and Weights', heading);
  expect((await heading.textContent())?.startsWith(`${FLAT} (`)).toBe(true); // with its time
  expect(await heading.locator('*').count()).toBe(0);
  const tab = await page.locator('.tab.active .label-name').textContent();
  expect([tab?.startsWith(`${FLAT} (`), tab?.endsWith('): job')]).toEqual([true, true]);
});

/** By what a screen reader says of it: the row itself shows a long name without its middle. */
function rowOf(workbench: Workbench, view: string, name: string): Locator {
  return workbench.view(view).getByRole('treeitem', { name }).first();
}
