/** What is done on Windows instead of signals and modes: the programs of Windows that are asked, and their answers. */
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isTreeAlive, signalTree } from '../../../../daemon/host/local/process-tree.js';
import { silentLogger } from '../../../../daemon/log.js';
import { ProcessError, runProcess } from '../../../../daemon/process.js';
import { writeDiscovery } from '../../../../daemon/server/discovery.js';
import { PROTOCOL_VERSION } from '../../../../schemas/index.js';
import { tempDir } from '../../../support/tmp.js';

vi.mock('../../../../daemon/process.js', async (original) => ({
  ...(await original<typeof import('../../../../daemon/process.js')>()),
  runProcess: vi.fn(),
}));

const asked = vi.mocked(runProcess);
const platform = process.platform;

beforeEach(() => {
  Object.defineProperty(process, 'platform', { value: 'win32' });
  asked.mockReset();
  asked.mockResolvedValue({ stdout: '', stderr: '' });
});
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform });
  vi.unstubAllEnvs();
});

/** No process has this number: it is beyond what Linux and Windows give. */
const GONE = { pid: 2 ** 30, token: null };

function refusal(exitCode: number): ProcessError {
  return Object.assign(Object.create(ProcessError.prototype), { exitCode, message: `taskkill: ${exitCode}` });
}

test.each(['SIGTERM', 'SIGKILL'] as const)('%s: the whole tree is ended by taskkill', async (signal) => {
  await signalTree(GONE, signal);
  expect(asked.mock.calls).toEqual([['taskkill', ['/PID', String(GONE.pid), '/T', '/F']]]);
});

test('a tree that is gone, or goes while taskkill is at it, is what was wanted', async () => {
  for (const exitCode of [128, 255]) {
    asked.mockRejectedValueOnce(refusal(exitCode));
    await signalTree(GONE, 'SIGKILL');
  }
  expect(isTreeAlive(GONE)).toBe(false);
});

test('a tree that taskkill may not end is told', async () => {
  asked.mockRejectedValueOnce(refusal(1));
  const there = { pid: process.pid, token: null };
  await expect(signalTree(there, 'SIGKILL')).rejects.toThrow('taskkill: 1');
  expect(isTreeAlive(there)).toBe(true);
});

const discovery = {
  ...{ pid: 1, url: 'ws://127.0.0.1:1/rpc', http: 'http://127.0.0.1:1', token: 'x'.repeat(43) },
  ...{ version: '1.0.0', protocol: PROTOCOL_VERSION, startId: 'one', startedAt: '2026-01-01T00:00:00.000Z' },
};

test('the file with the token belongs to this account alone, by its full name', async () => {
  const { username } = os.userInfo();
  const file = path.join(tempDir(), 'daemon.json');
  vi.stubEnv('USERDOMAIN', 'AzureAD');
  await writeDiscovery(file, discovery, silentLogger);
  vi.stubEnv('USERDOMAIN', undefined);
  await writeDiscovery(file, discovery, silentLogger);
  expect(asked.mock.calls).toEqual([
    ['icacls', [file, '/inheritance:r', '/grant:r', `AzureAD\\${username}:F`]],
    ['icacls', [file, '/inheritance:r', '/grant:r', `${username}:F`]],
  ]);
});

test('where the rights cannot be set, that is in the log and the daemon goes on', async () => {
  asked.mockRejectedValueOnce(refusal(5));
  const warn = vi.fn();
  const file = path.join(tempDir(), 'daemon.json');
  await writeDiscovery(file, discovery, Object.assign(Object.create(silentLogger), { warn }));
  expect(warn).toHaveBeenCalledWith(
    expect.objectContaining({ file }),
    expect.stringContaining('could not be restricted'),
  );
});
