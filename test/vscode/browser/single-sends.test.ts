/** One clip, one send at a time: each is seen while it runs, with what one looks for and what can be done about it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { openWindow, startScene } from '../support/fixtures.js';
import type { Workbench } from '../support/workbench.js';

/** By the paper plane in a side bar of its first width, then by another client in a wide one; four seconds each. */
const SENDS = Number(process.env.COSMOS_SENDS ?? 6);
const NARROW = Math.ceil(SENDS * 0.6);
const WIDE = SENDS - NARROW;

/** A row of the queue as the window drew it at some moment; a group has no label here. */
interface Seen {
  readonly group: string;
  readonly count: string;
  readonly label: string;
  readonly description: string;
  readonly spoken: string;
  readonly actions: readonly string[];
  /** Whether they are drawn, as they are below the pointer. */
  readonly offered: boolean;
}

/**
 * Notes every row of the queue that the window draws, however short it stands there. In JavaScript, because it runs in the
 * page: a look from outside would come too late for a run of half a second.
 */
const WATCH_QUEUE = `(() => {
  const title = document.querySelector('.pane-header[aria-label^="Queue"]');
  const pane = title.closest('.pane');
  const seen = new Map();
  const text = (row, part) => row.querySelector(part)?.textContent ?? '';
  const look = () => {
    let [group, count] = ['', ''];
    const rows = [...pane.querySelectorAll('.monaco-list-row')];
    for (const row of rows.sort((a, b) => a.dataset.index - b.dataset.index)) {
      const [label, description] = [text(row, '.label-name'), text(row, '.label-description')];
      const isGroup = row.getAttribute('aria-level') === '1';
      if (isGroup) [group, count] = [label, description];
      const bar = row.querySelector('.actions');
      const one = {
        ...{ group, count, label: isGroup ? '' : label, description: isGroup ? '' : description },
        spoken: row.getAttribute('aria-label') ?? '',
        actions: [...row.querySelectorAll('.action-label')].map((action) => action.getAttribute('aria-label')),
        offered: row.matches(':hover') && bar !== null && getComputedStyle(bar).display !== 'none',
      };
      seen.set(JSON.stringify(one), one);
    }
  };
  new MutationObserver(look).observe(pane, { subtree: true, childList: true, characterData: true, attributes: true });
  pane.addEventListener('mouseover', look);
  look();
  window.queueSeen = () => {
    const all = [...seen.values()];
    seen.clear();
    return all;
  };
})()`;

test('single sends, and each is seen running', async () => {
  const { space, daemon } = await startScene();
  writeFileSync(path.join(space.exports, 'street', 'prompt.txt'), 'A wet street at night'); // nothing is asked
  const client = await daemon.connect();
  const workbench = await openWindow(space, { settings: { 'cosmos.notifications': 'off' } });
  const { page } = workbench;
  await workbench.activity('Cosmos Bridge').click();
  const clip = workbench.rows('Clips').filter({ hasText: 'street' });
  await clip.filter({ hasText: '8 frames' }).waitFor();
  await page.evaluate(WATCH_QUEUE);

  const began = performance.now();
  const seen: Seen[][] = [];
  for (let sent = 1; sent <= NARROW; sent++) {
    await workbench.rowAction(clip, 'Send');
    seen.push(await untilDone(workbench, sent));
  }
  await widen(page);
  await restOnFirstJob(workbench);
  for (let sent = NARROW + 1; sent <= NARROW + WIDE; sent++) {
    await client.call('job.submit', { targets: ['street'] });
    seen.push(await untilDone(workbench, sent));
  }
  const running = seen.map((rows) => rows.filter(({ group, label }) => group === 'Running' && label !== ''));
  const count = running.filter((rows) => rows.length > 0).length;
  console.log(`${count} of ${seen.length} sends seen running, in ${Math.round((performance.now() - began) / 1000)} s`);
  expect(count, JSON.stringify(seen.filter((_, at) => running[at]?.length === 0))).toBe(NARROW + WIDE);

  const rows = running.flat();
  expect(rows.filter(({ label, description }) => label !== 'street' || description === '')).toEqual([]);
  expect(rows.map(({ description }) => description)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^\d+%( · \S+ left)? · [a-z ]+ · local/)]),
  );
  expect(rows.map(({ spoken }) => spoken)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^street, running, \d+%/)]),
  );
  expect(rows.filter(({ offered }) => offered).map(({ actions }) => actions)).toEqual(
    expect.arrayContaining([[expect.stringMatching(/^Open Log/), expect.stringMatching(/^Cancel/)]]),
  );
  const groups = seen.flat().filter(({ label }) => label === '');
  expect(groups.filter(({ count: members }) => !/^[1-9]/.test(members))).toEqual([]);
  expect(await page.locator('.notification-list-item').count()).toBe(0);

  await client.call('clip.thumbnails', { clip: 'street' }); // once drawn they are there for everybody
  await hasPictures(workbench);
  await workbench.rows('Queue').filter({ hasText: /^Done/ }).click();
  // Before anything is open: a video takes the keys when it is there.
  for (const key of ['ArrowLeft', 'ArrowRight']) await page.keyboard.press(key); // open, whatever it was before
  await workbench
    .rows('Queue')
    .filter({ hasText: `street_${NARROW + WIDE - 1}took` })
    .waitFor();
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
  await page
    .locator('.tab.active')
    .filter({ hasText: `street_preview_${NARROW + WIDE - 1}.mp4` })
    .waitFor();
  await workbench
    .rows('Results')
    .filter({ hasText: `street_${NARROW + WIDE}` })
    .click();
  await page
    .locator('.tab.active')
    .filter({ hasText: `street_preview_${NARROW + WIDE}.mp4` })
    .waitFor();
});

/** What was drawn until so many jobs are done. */
async function untilDone(workbench: Workbench, jobs: number): Promise<Seen[]> {
  const done = workbench.rows('Queue').filter({ hasText: new RegExp(`^Done\\s*${jobs}$`) });
  await done.waitFor();
  return workbench.page.evaluate<Seen[]>('window.queueSeen()');
}

/** The side bar, to the half of the window. */
async function widen(page: Page): Promise<void> {
  const bar = await page.locator('.part.sidebar').boundingBox();
  if (bar === null) throw new Error('there is no side bar');
  await page.mouse.move(bar.x + bar.width, bar.height / 2);
  await page.mouse.down();
  await page.mouse.move(bar.x + 640, bar.height / 2, { steps: 4 });
  await page.mouse.up();
}

/** The pointer waits where the only job will stand: below the title of its group, which is the first row. */
async function restOnFirstJob(workbench: Workbench): Promise<void> {
  const first = await workbench.rows('Queue').first().boundingBox();
  if (first === null) throw new Error('the queue is empty');
  await workbench.page.mouse.move(first.x + 100, first.y + first.height * 1.5);
}

/** In the hover of the clip. */
async function hasPictures(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const hover = page.locator('.workbench-hover').filter({ hasText: 'Last sent' });
  const drawn = async () => {
    await page.mouse.move(0, 0);
    await hover.waitFor({ state: 'hidden' });
    await workbench.rows('Clips').filter({ hasText: 'street' }).hover();
    await hover.waitFor({ timeout: 10_000 });
    const widths = await hover.locator('img').evaluateAll((all) => all.map((one) => Reflect.get(one, 'naturalWidth')));
    expect(widths).toEqual([192, 192]);
  };
  await vi.waitFor(drawn, { interval: 1000 });
}
