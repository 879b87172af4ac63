import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DaemonProcess, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';

test('a second daemon on the same state folder refuses, naming the first', async () => {
  const space = workspace();
  const first = DaemonProcess.start(space);
  await first.discovery();

  const second = DaemonProcess.start(space);
  expect(await second.exited).toBe(1);
  expect(second.words).toContain(`process ${first.pid}`);
  expect(second.words).toContain('cosmos daemon stop');
});

test('the lock dies with the process: after kill -9 the next daemon starts', async () => {
  const space = workspace();
  const first = DaemonProcess.start(space);
  await first.discovery();
  await first.kill();

  const second = DaemonProcess.start(space);
  expect((await second.discovery()).pid).toBe(second.pid);
});

test('daemon.stop ends the process in order and takes daemon.json away', async () => {
  const space = workspace();
  const daemon = DaemonProcess.start(space);
  await daemon.stop();
  expect(await daemon.exited).toBe(0);
});

test('a port that is taken is said in one sentence, and the process ends', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const daemon = DaemonProcess.start(workspace(`[daemon]\nport = ${port}\n`));
  expect(await daemon.exited).toBe(1);
  expect(daemon.words).toContain(String(port));
  expect(daemon.words.trim().split('\n')).toHaveLength(1);
});

test('SIGTERM stops it in order, also while it encodes', async () => {
  const space = workspace('[[watch]]\npath = EXPORTS\nsettle = 0.2\n');
  writeSequences(path.join(space.exports, 'street'), { passes: ['color', 'depth'], last: 300 });
  const daemon = DaemonProcess.start(space);
  const client = await daemon.connect();
  await vi.waitFor(() => client.call('job.submit', { targets: ['street'] }), { interval: 50 });
  await vi.waitFor(async () => expect((await client.call('job.list', {})).jobs[0]?.progress).toBeGreaterThan(0));
  process.kill(daemon.pid, 'SIGTERM');
  expect(await daemon.exited).toBe(0);
  expect(existsSync(path.join(space.stateDir, 'daemon.json'))).toBe(false);
});

test('stopped while a host says nothing to its login, it gives that up', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const space = workspace(
    `[[host]]\nname = "gpu"\nownership = "mine"\nssh = "me@127.0.0.1:${port}"\nroot = "/cosmos"\n`,
  );
  const dialled = once(silent, 'connection');
  const daemon = DaemonProcess.start(space);
  await dialled;
  const from = performance.now();
  await daemon.stop();
  expect(performance.now() - from).toBeLessThan(10_000); // the login itself is given 15 seconds
});
