import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { oneTimeCodes } from '../../support/one-time-codes.js';
import { SSH_USER, Sshd } from '../../support/sshd.js';
import { tempDir } from '../../support/tmp.js';
import { newScene, openWindow, startDaemon, startScene } from '../support/fixtures.js';
import type { Workbench } from '../support/workbench.js';

test('a host is added step by step: what is in the way is shown, and a person may want it all the same', async () => {
  const { space } = await startScene();
  const workbench = await openWindow(space);
  await workbench.activity('Cosmos Bridge').click();
  await begin(workbench);
  await answer(workbench, 'Add a host: address', 'artist@127.0.0.1:9'); // nothing listens at this port
  await answer(workbench, 'Add a host: name', 'h100');
  await choose(workbench, 'Whose is h100?', 'Rented');
  await answer(workbench, 'What does an hour of h100 cost, in dollars?', '2.50');
  await confirm(workbench, 'Which models shall h100 run?');

  const findings = await asked(workbench, 'Add h100');
  await findings
    .getByText('Something is in the way')
    .or(findings.getByPlaceholder('Something is in the way'))
    .waitFor();
  expect(await findings.locator('.monaco-list-row').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining('127.0.0.1')]),
  );
  await workbench.page.keyboard.press('Escape');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Add It All the Same' }).click();
  await answer(workbench, 'Add h100: its folder', '/home/artist/cosmos');
  await workbench.rows('Hosts').filter({ hasText: 'h100' }).filter({ hasText: '$2.50 an hour' }).waitFor();
  const written = readFileSync(space.config, 'utf8').split('\n');
  expect(written).toEqual(expect.arrayContaining(['name = "h100"', 'ownership = "rented"', 'price_per_hour = 2.5']));
});

/** Of a host, before its question. In an input box it would be a link that runs the command. */
const LURE = '[Unlock $(key)](command:workbench.action.quit)';

test('a host that asks for a one-time code waits for a person, who answers it here; its words do nothing', async () => {
  const lure = path.join(tempDir(), 'lure');
  writeFileSync(lure, LURE);
  const sshd = await Sshd.up({
    pam: [`auth optional pam_echo.so file=${lure}`, ...oneTimeCodes('424242')],
    config: ['UsePAM yes', 'KbdInteractiveAuthentication yes'],
  });
  const address = `${SSH_USER}@127.0.0.1:${sshd.port}`;
  const space = newScene(
    `[[host]]\nname = "gpu"\nownership = "mine"\nssh = "${address}"\nroot = "${sshd.home}/cosmos"\n`,
  );
  mkdirSync(space.stateDir, { recursive: true });
  writeFileSync(path.join(space.stateDir, 'known_hosts'), `${sshd.knownHostsLine}\n`);
  await startDaemon(space);
  const workbench = await openWindow(space);
  await workbench.activity('Cosmos Bridge').click();
  const row = workbench.rows('Hosts').filter({ hasText: 'gpu' }).first();
  await row.filter({ hasText: 'asks you to log in' }).waitFor();
  await workbench.rowAction(row, 'Log In');
  const question = `${address} asks ${SSH_USER}: Password:`;
  const words = (await asked(workbench, question)).locator('.quick-input-message');
  expect(await words.textContent()).toContain(LURE.replace('](', ']\\('));
  expect(await words.locator('a, .codicon').count()).toBe(0);
  await answer(workbench, question, 'wrong');
  await asked(workbench, question);
  await workbench.page.locator('.quick-input-widget').getByText('That was not accepted.').waitFor();
  await answer(workbench, question, '424242');
  await row.filter({ hasText: 'online' }).waitFor();
});

/** Clicks again when nothing is asked: a view that is being drawn at that moment loses a click. */
async function begin(workbench: Workbench): Promise<void> {
  const link = workbench.view('Hosts').getByText('Add a Host...');
  const attempt = async () => {
    await link.click({ timeout: 10_000 });
    await asked(workbench, 'Add a host: address', 10_000);
  };
  await vi.waitFor(attempt);
}

/** The question with that title, once it is asked. */
async function asked({ page }: Workbench, title: string, timeout?: number): Promise<Locator> {
  const question = page.locator('.quick-input-widget').filter({ has: page.getByText(title, { exact: true }) });
  await question.waitFor({ timeout });
  return question;
}

async function answer(workbench: Workbench, title: string, text: string): Promise<void> {
  const box = (await asked(workbench, title)).locator('input');
  await box.fill(text);
  await box.press('Enter');
}

async function choose(workbench: Workbench, title: string, label: string): Promise<void> {
  await (await asked(workbench, title)).locator('.monaco-list-row').filter({ hasText: label }).click();
}

async function confirm(workbench: Workbench, title: string): Promise<void> {
  await (await asked(workbench, title)).getByRole('button', { name: 'OK' }).click();
}
