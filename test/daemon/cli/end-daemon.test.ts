import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { lookForDaemon } from '../../../daemon/cli/discovery.js';
import { endDaemon } from '../../../daemon/cli/end-daemon.js';
import { silentDaemon } from '../../../daemon/cli/silent-daemon.js';
import { systemClock } from '../../../daemon/clock.js';
import { acquireLock, type LockFacts } from '../../../daemon/lock.js';
import { StateDir } from '../../../daemon/state-dir.js';
import type { Standstill } from '../../../schemas/index.js';
import { tempDir } from '../../support/tmp.js';

const RUNNING = { url: 'ws://127.0.0.1:1/rpc', startId: 'start-1', since: '2026-01-01T10:02:00.000Z' };

function stateFolder(): StateDir {
  const stateDir = new StateDir(tempDir());
  stateDir.create();
  return stateDir;
}

/** This process has the lock until the test ends, and says that somebody else does. */
function held(facts: Partial<LockFacts> = {}): StateDir {
  const stateDir = stateFolder();
  const lock = acquireLock(stateDir.lock, { ...RUNNING, pid: process.pid, phase: 'running', ...facts });
  onTestFinished(() => lock.release());
  return stateDir;
}

test('where nobody has the state folder nothing is ended', async () => {
  expect(await endDaemon(stateFolder(), systemClock)).toBeUndefined();
});

test.runIf(process.platform === 'linux')('a number that was given to another process ends nobody', async () => {
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  onTestFinished(async () => {
    stranger.kill('SIGKILL');
    await once(stranger, 'exit');
  });
  await once(stranger, 'spawn');
  const stateDir = held({ pid: stranger.pid ?? 0 });
  await expect(endDaemon(stateDir, systemClock)).rejects.toMatchObject({
    code: 'wrong_state',
    message: expect.stringMatching(/does not say which; end it by hand/),
  });
  expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
});

test('a process that has not said its number is not guessed', async () => {
  const stateDir = held();
  rmSync(`${stateDir.lock}.json`);
  await expect(endDaemon(stateDir, systemClock)).rejects.toThrow(`does not say which; end it by hand`);
});

test.each([
  ['running', 'silent'],
  ['starting', 'starting'],
  ['stopping', 'stopping'],
] as const)('a holder of the lock that is %s and does not answer is %s', async (phase, kind) => {
  expect(await lookForDaemon(held({ phase }), systemClock)).toMatchObject({ kind, facts: { pid: process.pid } });
});

test('facts that a dead daemon left behind are no daemon', async () => {
  const stateDir = stateFolder();
  acquireLock(stateDir.lock, { ...RUNNING, pid: process.pid, phase: 'running' }).release();
  writeFileSync(`${stateDir.lock}.json`, JSON.stringify({ ...RUNNING, pid: process.pid, phase: 'running' }));
  expect(await lookForDaemon(stateDir, systemClock)).toEqual({ kind: 'absent' });
});

test("a lock that cannot be opened is nobody's", async () => {
  const stateDir = stateFolder();
  mkdirSync(stateDir.lock);
  expect(await lookForDaemon(stateDir, systemClock)).toEqual({ kind: 'absent' });
});

test('what its watchdog saw is told with the job', async () => {
  const stateDir = held();
  const standstill: Standstill = {
    ...{ pid: process.pid, startId: 'start-1', since: '2026-01-01T12:30:00.000Z', seconds: 7, ended: false },
    work: [{ job: 'job-poison', step: 'preparing', since: '2026-01-01T12:29:59.000Z' }],
  };
  writeFileSync(stateDir.standstill, JSON.stringify(standstill));
  const presence = await lookForDaemon(stateDir, systemClock);
  if (presence.kind !== 'silent') throw new Error(presence.kind);
  const { message, code } = silentDaemon(presence, stateDir);
  expect(code).toBe('daemon_silent');
  expect(message).toContain(`process ${process.pid} does not answer`);
  expect(message).toContain('has stood still for 7 s (since 2026-01-01 12:30 UTC), at work on preparing job-poison');
  expect(message).toContain('cosmos daemon stop --force');
  writeFileSync(stateDir.standstill, JSON.stringify({ ...standstill, startId: 'an earlier daemon' }));
  expect(silentDaemon(presence, stateDir).message).not.toContain('stood still');
});
