import { expect, test } from 'vitest';
import { openWindow, startScene } from '../support/fixtures.js';

test('our symbol opens the side bar with our four views', async () => {
  const { space } = await startScene();
  const workbench = await openWindow(space);
  await workbench.activity('Cosmos Bridge').click();
  for (const name of ['Queue', 'Clips', 'Hosts', 'Results']) await workbench.view(name).waitFor();
  expect(await workbench.page.locator('.pane-header').allTextContents()).toEqual([
    'Queue',
    'Clips',
    'Hosts',
    'Results',
  ]);
});
