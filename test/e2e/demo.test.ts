/** The demo is the product proving itself: one JSON object, every proof in it, and nothing left behind. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isAlive } from '../../client/discovery.js';
import { CheckReport, Discovery } from '../../schemas/index.js';
import { cosmos, runCosmos } from '../support/cosmos.js';
import { tempDir } from '../support/tmp.js';

test('cosmos demo --json', async () => {
  const stateDir = tempDir();
  const { code, stdout, stderr } = await runCosmos({ stateDir }, '--json', 'demo');
  expect(code, stderr).toBe(0);
  const facts = JSON.parse(stdout);

  expect(facts).toMatchObject({ ok: true, state: 'succeeded' });
  expect(facts.proved.length).toBeGreaterThanOrEqual(3);
  for (const file of [facts.output, facts.contactSheet, facts.spec]) expect(existsSync(file), file).toBe(true);
  expect(facts.frames).toBeGreaterThan(1);
  expect(JSON.parse(readFileSync(facts.spec, 'utf8'))).toMatchObject({ prompt: expect.any(String) });

  const check = await runCosmos({ stateDir }, '--json', 'spec', 'check', facts.spec);
  expect(CheckReport.parse(JSON.parse(check.stdout))).toMatchObject({ nvidia: 'accepts', ok: true });
});

test('a demo that is killed takes its daemon with it', async () => {
  const stateDir = tempDir();
  const keep = path.join(stateDir, 'kept');
  const { child, finished } = cosmos({ stateDir }, 'demo', '--keep', keep);
  onTestFinished(() => void child.kill('SIGKILL'));
  const file = path.join(keep, 'state', 'daemon.json');
  const { pid } = await vi.waitFor(() => Discovery.parse(JSON.parse(readFileSync(file, 'utf8'))));
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await finished;
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
});
