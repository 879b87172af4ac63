import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isAlive, readDiscovery } from '../../../client/discovery.js';
import { findDaemon, goneBy } from '../../../daemon/cli/discovery.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { ManualClock } from '../../support/clock.js';
import { FakeDaemon } from '../../support/fake-daemon.js';
import { tempDir } from '../../support/tmp.js';

/** Above every pid limit, so nobody has it. */
const NOBODY = 2 ** 30;

test('a daemon is found while it answers, and not after', async () => {
  const stateDir = new StateDir(tempDir());
  const daemon = await FakeDaemon.start(stateDir.root, {});
  const found = await findDaemon(stateDir);
  expect(found?.pid).toBe(process.pid);
  daemon.close();
  writeFileSync(stateDir.discovery, JSON.stringify(found)); // left behind by a daemon that was killed
  expect(readDiscovery(stateDir.discovery)).toBeDefined();
  expect(await findDaemon(stateDir)).toBeUndefined();
});

test('the file of a dead process is no daemon', async () => {
  const stateDir = new StateDir(tempDir());
  await FakeDaemon.start(stateDir.root, {});
  writeFileSync(stateDir.discovery, JSON.stringify({ ...readDiscovery(stateDir.discovery), pid: NOBODY }));
  expect(await findDaemon(stateDir)).toBeUndefined();
});

test.each(['', '{', '{"url": 1}'])('daemon.json holding %j is no daemon', async (text) => {
  const stateDir = new StateDir(tempDir());
  writeFileSync(stateDir.discovery, text);
  expect(await findDaemon(stateDir)).toBeUndefined();
});

test('waiting for a process to end', async () => {
  const clock = new ManualClock();
  expect(isAlive(process.pid)).toBe(true);
  expect(await goneBy(NOBODY, clock, 1000)).toBe(true);
  const still = goneBy(process.pid, clock, 0);
  expect(await still).toBe(false);
});
