import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../../daemon/clock.js';
import { LocalHost } from '../../../../daemon/host/local/local.js';
import { identify, isAlive } from '../../../../daemon/host/local/process-tree.js';
import { Claim } from '../../../../daemon/host/local/run-folder.js';
import { hostSuite } from '../../../suites/host.js';
import { distFile } from '../../../support/dist.js';
import { collectBytes, FOREVER, nodeCommand } from '../../../support/run-command.js';
import { tempDir } from '../../../support/tmp.js';

const wrapper = [process.execPath, distFile('daemon/host/local/wrapper/main.js')] as const;
const never = new AbortController().signal;

function localHost(root: string): LocalHost {
  return new LocalHost({ clock: systemClock, root, wrapper, graceMs: 300 });
}

function claimOf(host: LocalHost, run: string): Claim {
  return Claim.parse(JSON.parse(readFileSync(path.join(host.runFolder(run), 'pid'), 'utf8')));
}

describe('LocalHost', () => {
  hostSuite(() => {
    const root = tempDir();
    return { host: localHost(root), again: () => localHost(root), lives: (pid) => isAlive(identify(pid)) };
  });
});

describe('a wrapper that dies', () => {
  async function running() {
    const host = localHost(tempDir());
    onTestFinished(() => host.stop('r1'));
    await host.start('r1', nodeCommand(`setInterval(() => console.log('tick'), 20)`));
    const claim = await vi.waitFor(() => {
      const { wrapper: keeper, command } = claimOf(host, 'r1');
      if (keeper === null || command === null) throw new Error('not yet');
      return { keeper: keeper.pid, command: command.pid };
    });
    return { host, ...claim };
  }

  test('with its command: the run is lost', async () => {
    const { host, keeper, command } = await running();
    process.kill(keeper, 'SIGKILL');
    process.kill(command, 'SIGKILL');
    await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ state: 'lost' }));
    await collectBytes(host.follow('r1', 0, never)); // and a follower ends
  });

  test('alone: its command goes on, is logged, and can be stopped', async () => {
    const { host, keeper, command } = await running();
    process.kill(keeper, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive({ pid: keeper, token: null })).toBe(false));
    expect(await host.inspect('r1')).toMatchObject({ state: 'running' });
    const size = () => statSync(path.join(host.runFolder('r1'), 'log')).size;
    const then = size();
    await vi.waitFor(() => expect(size()).toBeGreaterThan(then));
    await host.stop('r1');
    expect(isAlive({ pid: command, token: null })).toBe(false);
    expect(await host.inspect('r1')).toMatchObject({ state: 'exited' });
  });
});

test('a run survives the process that started it', async () => {
  const root = tempDir();
  const local = distFile('daemon/host/local/local.js');
  const clock = distFile('daemon/clock.js');
  const script = `
    import { LocalHost } from ${JSON.stringify(local)};
    import { systemClock } from ${JSON.stringify(clock)};
    const host = new LocalHost({ clock: systemClock, root: ${JSON.stringify(root)}, wrapper: ${JSON.stringify(wrapper)} });
    await host.start('r1', { argv: [process.execPath, '-e', "console.log('hi'); ${FOREVER}"], env: {} });
    process.kill(process.pid, 'SIGKILL');`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  await once(parent, 'exit');
  const host = localHost(root);
  onTestFinished(() => host.stop('r1'));
  await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ state: 'running', logBytes: 3 }));
  await host.stop('r1');
  expect((await collectBytes(host.follow('r1', 0, never))).toString()).toBe('hi\n');
});

test('a second wrapper leaves at once and starts nothing', async () => {
  const host = localHost(tempDir());
  onTestFinished(() => host.stop('r1'));
  await host.start('r1', nodeCommand(`console.log('began'); ${FOREVER}`));
  await promisify(execFile)(wrapper[0], [wrapper[1], host.runFolder('r1')]);
  await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ state: 'running', logBytes: 6 }));
  await host.stop('r1');
  expect((await collectBytes(host.follow('r1', 0, never))).toString()).toBe('began\n');
});

test('a pid that was given to another process is not taken for the run', () => {
  const self = identify(process.pid);
  expect(isAlive(self)).toBe(true);
  if (self.token !== null) expect(isAlive({ ...self, token: 'another-boot-1' })).toBe(false);
});
