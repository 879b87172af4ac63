/** One clip, one send at a time: each is seen while it runs, with what one looks for and what can be done about it. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openWindow, startScene } from '../support/fixtures.js';
import type { Workbench } from '../support/workbench.js';

const SENDS = 8;

/** A row of the queue as the window had it at some moment. */
interface Seen {
  readonly group: string;
  /** Of the group. */
  readonly count: string;
  readonly label: string;
  readonly description: string;
  readonly actions: readonly string[];
}

/**
 * Notes every row of the queue that the window draws, however short it stands there. In JavaScript, because it runs in the
 * page: a look from outside would come too late for a run of half a second.
 */
const WATCH_QUEUE = `(() => {
  const pane = [...document.querySelectorAll('.pane')].find((one) => one.querySelector('.pane-header[aria-label^="Queue"]'));
  const seen = new Map();
  const text = (row, part) => row.querySelector(part)?.textContent ?? '';
  const look = () => {
    let [group, count] = ['', ''];
    const rows = [...pane.querySelectorAll('.monaco-list-row')];
    for (const row of rows.sort((a, b) => a.dataset.index - b.dataset.index)) {
      const [label, description] = [text(row, '.label-name'), text(row, '.label-description')];
      const isGroup = row.getAttribute('aria-level') === '1';
      if (isGroup) [group, count] = [label, description];
      const actions = [...row.querySelectorAll('.action-label')].map((action) => action.getAttribute('aria-label'));
      const one = { group, count, label: isGroup ? '' : label, description: isGroup ? '' : description, actions };
      seen.set(JSON.stringify(one), one);
    }
  };
  new MutationObserver(look).observe(pane, { subtree: true, childList: true, characterData: true, attributes: true });
  look();
  window.queueSeen = () => {
    const all = [...seen.values()];
    seen.clear();
    return all;
  };
})()`;

test('twenty single sends, and each is seen running', async () => {
  const { space } = await startScene();
  writeFileSync(path.join(space.exports, 'street', 'prompt.txt'), 'A wet street at night');
  const workbench = await openWindow(space);
  const { page } = workbench;
  await workbench.activity('Cosmos Bridge').click();
  const clip = workbench.rows('Clips').filter({ hasText: 'street' });
  await clip.waitFor();
  await page.evaluate(WATCH_QUEUE);
  const all: Seen[][] = [];
  const began = performance.now();
  for (let sent = 1; sent <= SENDS; sent++) {
    const t=performance.now();
    await workbench.rowAction(clip, 'Send');
    await workbench.rows('Queue').filter({ hasText: new RegExp(`^Done\\s*${sent}$`) }).waitFor();
    all.push(await page.evaluate<Seen[]>('window.queueSeen()'));
    console.log(Math.round(performance.now()-t));
  }
  const took = (performance.now() - began) / 1000;
  console.log(all.slice(0,3).map(a=>a.map(s => JSON.stringify(s)).join('\n')).join('\n\n'));
  const running = all.map((seen) => seen.filter(({ group, label }) => group === 'Running' && label !== ''));
  console.log(`${running.filter((rows) => rows.length > 0).length} of ${SENDS} seen running, in ${took.toFixed(1)} s`);
  expect(running.filter((rows) => rows.length > 0).length).toBe(SENDS);
});
