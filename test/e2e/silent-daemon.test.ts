/** A daemon that is there and does not answer: every command says so, none starts a second one, and it can be ended. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { runCosmos } from '../support/cosmos.js';
import { DaemonProcess, workspace } from '../support/daemon.js';
import { stateOf } from '../support/processes.js';

test('a daemon that stands still is told from none, and ended by force', async () => {
  const space = workspace();
  const daemon = DaemonProcess.start(space);
  await daemon.discovery();
  const run = (...args: string[]) =>
    runCosmos({ stateDir: space.stateDir, cwd: space.folder }, '--config', space.config, ...args);
  const facts = path.join(space.stateDir, 'lock.db.json'); // follows daemon.json
  await vi.waitFor(() => expect(readFileSync(facts, 'utf8')).toContain('"phase":"running"'));
  process.kill(daemon.pid, 'SIGSTOP');
  await vi.waitFor(() => expect(stateOf(daemon.pid)).toBe('T'));

  const verbs = [
    ['daemon', 'status'],
    ['queue'],
    ['submit', 'street'],
    ['doctor'],
    ['daemon', 'start'],
    ['daemon', 'stop'],
  ];
  const said = await Promise.all(verbs.map((verb) => run(...verb)));
  for (const [i, { code, stdout, stderr }] of said.entries()) {
    expect(code, verbs[i]?.join(' ')).toBe(1);
    expect(stdout + stderr).toContain(`process ${daemon.pid} does not answer`);
    expect(stdout + stderr).toContain('cosmos daemon stop --force');
    expect(stdout + stderr).not.toMatch(/no daemon is running|another daemon/i);
  }
  expect(JSON.parse((await run('--json', 'daemon', 'status')).stdout)).toMatchObject({
    ...{ running: true, answers: false, pid: daemon.pid, state: 'silent' },
  });
  expect(readFileSync(facts, 'utf8')).toContain(`"pid":${daemon.pid},`);

  const forced = await run('daemon', 'stop', '--force');
  expect(forced, forced.stderr).toMatchObject({ code: 0 });
  expect(forced.stderr).toContain(`process ${daemon.pid}) was ended`);
  await daemon.exited;
  expect(await run('daemon', 'stop')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('No daemon is running'),
  });

  const next = DaemonProcess.start(space);
  expect((await next.discovery()).pid).toBe(next.pid);
});

test('a command whose daemon falls silent in the middle of it ends with a sentence', async () => {
  const space = workspace();
  const daemon = DaemonProcess.start(space);
  const client = await daemon.connect();
  process.kill(daemon.pid, 'SIGSTOP');
  await vi.waitFor(() => expect(stateOf(daemon.pid)).toBe('T'));
  await expect(client.call('job.list', {})).rejects.toMatchObject({
    code: 'daemon_silent',
    message: expect.stringContaining(`process ${daemon.pid} does not answer`),
  });
});
