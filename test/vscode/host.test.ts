/** The tests of test/vscode/host, run by mocha inside the extension host of a real VS Code, beside a real daemon. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Automation, hostPayload } from './support/automation.js';
import { readFindings } from './support/findings.js';
import { environmentOf, startBrowser, startScene, startServer } from './support/fixtures.js';
import { extensionFolder, hostBundles } from './support/paths.js';
import { Workbench } from './support/workbench.js';

/** A test that answers a message finds no other one in its place. */
const QUIET = { 'cosmos.notifications': 'off' };

test('inside the extension host', async () => {
  const { space } = await startScene();
  const result = path.join(space.folder, 'result.json');
  const only = process.env.COSMOS_TEST_ONLY ?? '';
  const env = { ...environmentOf(space), COSMOS_TEST_RESULT: result, COSMOS_TEST_ONLY: only };
  const server = await startServer({ extension: 'absent', env, settings: QUIET });
  const browser = await startBrowser();
  const page = await browser.newPage();
  const automation = await Automation.of(page);

  const payload = hostPayload(server.url, extensionFolder, path.join(hostBundles, 'index.cjs'));
  await new Workbench(page, server.url).open({ folder: space.exports, payload });
  const code = await automation.ended;

  expect(existsSync(result), automation.lines.join('\n')).toBe(true);
  const { tests, failed } = readFindings(result);
  expect(failed).toEqual([]);
  expect(tests).toBeGreaterThan(0);
  expect(code).toBe(0);
  expect(browser.outside).toEqual([]);
});
