/** The tests of test/vscode/host, run by mocha inside the extension host of a real VS Code, beside a real daemon. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readFindings } from './support/findings.js';
import { environmentOf, startBrowser, startScene, startServer } from './support/fixtures.js';
import { extensionFolder, hostBundles } from './support/paths.js';
import { remoteUri, Workbench } from './support/workbench.js';

test('inside the extension host', async () => {
  const { space } = await startScene();
  const result = path.join(space.folder, 'result.json');
  const only = process.env.COSMOS_TEST_ONLY ?? '';
  const env = { ...environmentOf(space), COSMOS_TEST_RESULT: result, COSMOS_TEST_ONLY: only };
  const server = await startServer({ extension: 'absent', env });
  const browser = await startBrowser();
  const page = await browser.newPage();
  const { ended, words } = await automation(page);

  const payload = [
    ['extensionDevelopmentPath', remoteUri(server.url, extensionFolder)],
    ['extensionTestsPath', remoteUri(server.url, path.join(hostBundles, 'index.cjs'))],
  ] as const;
  await new Workbench(page, server.url).open({ folder: space.exports, payload });
  const code = await ended;

  expect(existsSync(result), words.join('\n')).toBe(true);
  const { tests, failed } = readFindings(result);
  expect(failed).toEqual([]);
  expect(tests).toBeGreaterThan(0);
  expect(code).toBe(0);
  expect(browser.outside).toEqual([]);
});

/** The two functions of the page that VS Code reports to: what was logged, and 0 or 1 at the end. */
async function automation(page: Page): Promise<{ ended: Promise<number>; words: string[] }> {
  const words: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => void words.push(format(...args)));
  let end: (code: number) => void;
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  return { ended, words };
}
