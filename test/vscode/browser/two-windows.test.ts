import { expect, test, vi } from 'vitest';
import { openTwoWindows, startScene } from '../support/fixtures.js';
import type { Workbench } from '../support/workbench.js';

test('two windows show the same, whichever of them acts', async () => {
  const { space, daemon } = await startScene();
  const [left, right] = await openTwoWindows(space);
  for (const window of [left, right]) await window.activity('Cosmos Bridge').click();
  await left.runCommand('Cosmos: Pause Queue');
  await right.view('Queue').locator('.description', { hasText: 'paused' }).waitFor();

  const client = await daemon.connect();
  await client.call('job.submit', { targets: ['street'], sweep: { seed: [1, 2, 3] } });
  for (const window of [left, right]) await shows(window, ['Queued 3', 'street', 'street', 'street']);

  await left.rowAction(jobs(left).first(), 'Cancel');
  await shows(right, ['Queued 2', 'street', 'street', 'Done 1']);
  await right.rowAction(jobs(right).last(), 'Cancel');
  for (const window of [left, right]) await shows(window, ['Queued 1', 'street', 'Done 2']);
});

function jobs(window: Workbench) {
  return window.rows('Queue').filter({ hasText: 'street' });
}

/** The rows of the queue: groups with how many they hold, jobs by their name. */
async function shows(window: Workbench, expected: readonly string[]): Promise<void> {
  const texts = async () => (await window.rows('Queue').allInnerTexts()).map(titleOf);
  await vi.waitFor(async () => expect(await texts()).toEqual(expected), { interval: 100 });
}

/** A row is drawn as its label with the description close behind: "Queued3", "streetPreview". */
function titleOf(row: string): string {
  return row.replace(/^street.*/s, 'street').replace(/(?<=\D)(?=\d+$)/, ' ');
}
