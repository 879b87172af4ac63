/** The main way, from nothing: an empty profile, no daemon, a folder that Houdini wrote a clip to. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { distFile } from '../../support/dist.js';
import { environmentOf, newScene, openWindow } from '../support/fixtures.js';

const VIEWS = ['Queue', 'Clips', 'Results', 'Hosts'];

test('install the extension, open a folder with a clip, reach a finished result without leaving VS Code', async () => {
  const space = newScene('');
  const cosmos = (...args: string[]) =>
    execFileSync(process.execPath, [distFile('daemon/cli/start.cjs'), ...args], {
      env: { ...process.env, ...environmentOf(space) },
      stdio: 'pipe',
    });
  cosmos('daemon', 'install');
  onTestFinished(() => void cosmos('daemon', 'stop')); // the extension has started it

  const workbench = await openWindow(space, { extension: 'installed' });
  const { page } = workbench;
  await workbench.activity('Cosmos Bridge').click();
  for (const name of VIEWS) await workbench.view(name).waitFor();
  expect(await page.locator('.pane-header').allTextContents()).toEqual(VIEWS);
  await workbench.view('Clips').getByRole('button', { name: 'Watch a Folder...' }).click();
  await page.locator('.quick-input-widget').getByRole('button', { name: 'Watch' }).click(); // the folder that is open

  const clip = workbench.rows('Clips').filter({ hasText: '8 frames' });
  await workbench.rowAction(clip, 'Send');
  await workbench.rows('Results').filter({ hasText: 'street' }).waitFor();
  expect(existsSync(path.join(space.exports, 'street/street_preview.mp4'))).toBe(true);
});
