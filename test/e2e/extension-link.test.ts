/** The extension's connection beside real daemons: started, killed, stopped, and started again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Store } from '../../client/store.js';
import { connectTo } from '../../daemon/cli/client.js';
import { ConfiguredDaemons } from '../../extension/src/chosen-daemon.js';
import { findDaemon, startDaemon } from '../../extension/src/daemon.js';
import { Link } from '../../extension/src/link.js';
import type { DaemonSettings } from '../../extension/src/settings.js';
import { workspace } from '../support/daemon.js';
import { distFile } from '../support/dist.js';

/** A daemon that install.json tells how to start; whichever lives at the end is stopped. */
function installed(): DaemonSettings {
  const { folder, stateDir, config } = workspace();
  const installFile = path.join(folder, 'install.json');
  const argv = [process.execPath, distFile('daemon/main.js'), '--state-dir', stateDir, '--config', config];
  writeFileSync(installFile, JSON.stringify({ argv, stateDir, config, version: '0.1.0' }));
  const settings = { stateDir, installFile, command: [], autoStart: true, url: '' };
  onTestFinished(() => stop(settings));
  return settings;
}

async function stop(settings: DaemonSettings): Promise<void> {
  const found = await findDaemon(settings);
  if (found === undefined) return;
  const client = await connectTo(found);
  await client.call('daemon.stop', {});
  client.close();
  await vi.waitFor(() => expect(isAlive(found.pid)).toBe(false), { interval: 20 });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function connect(settings: DaemonSettings): { link: Link; store: Store; numbers: number[] } {
  const store = new Store();
  const link = new Link(new ConfiguredDaemons(() => settings, { get: async () => undefined }), store);
  const numbers: number[] = [];
  store.onChange((change) => 'event' in change && change.event && numbers.push(change.event.seq));
  void link.run();
  onTestFinished(() => link.close());
  return { link, store, numbers };
}

const until = (link: Link, kind: Link['state']['kind']) =>
  vi.waitFor(() => expect(link.state.kind).toBe(kind), { interval: 20 });

test('two windows that start a daemon at the same time get one', async () => {
  const settings = installed();
  const [a, b] = await Promise.all([startDaemon(settings), startDaemon(settings)]);
  expect(a.pid).toBe(b.pid);
  expect(a.startId).toBe(b.startId);
});

test('a daemon that is killed is started again by itself, and what was missed is replayed once', async () => {
  const settings = installed();
  const { link, store, numbers } = connect(settings);
  await until(link, 'connected');
  const first = store.seq ?? 0;
  for (const reason of ['one', 'two']) await link.call('queue.pause', { reason });
  const killed = await findDaemon(settings);
  process.kill(killed?.pid ?? 0, 'SIGKILL');
  await vi.waitFor(
    () => expect(link.state).not.toMatchObject({ kind: 'connected', hello: { startId: killed?.startId } }),
    { interval: 20 },
  );
  await until(link, 'connected');
  expect((await findDaemon(settings))?.pid).not.toBe(killed?.pid);
  await link.call('queue.resume', {});
  await vi.waitFor(() => expect(store.queue.paused).toBe(false), { interval: 20 });
  expect(numbers).toEqual(numbers.map((_, index) => first + 1 + index));
});

test('a daemon that was stopped stays stopped until somebody asks', async () => {
  const settings = installed();
  const { link } = connect(settings);
  await until(link, 'connected');
  await stop(settings);
  await until(link, 'away');
  expect(link.state).toMatchObject({ problem: { message: 'The daemon is not running.', remedies: ['start'] } });
  link.retry();
  await until(link, 'away');
  expect(await findDaemon(settings)).toBeUndefined();
  expect((await link.start()).stateDir).toBe(settings.stateDir);
  expect(link.state.kind).toBe('connected');
});

test('who has set it up in a terminal has a daemon, without a click', async () => {
  const settings = installed();
  const install = readFileSync(settings.installFile);
  const folder = path.join(path.dirname(settings.installFile), 'not', 'there', 'yet');
  const { link } = connect({ ...settings, installFile: path.join(folder, 'install.json') });
  await until(link, 'away');
  expect(link.state).toMatchObject({ problem: { code: 'not_installed' } });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'install.json'), install);
  await until(link, 'connected');
});

test('a mistake in cosmos.toml is told by its line: the launcher of install.json does not hide it', async () => {
  const { stateDir, config } = workspace('[daemon]\nffmpge = "/usr/bin/ffmpeg"\n');
  const command = [process.execPath, distFile('daemon/launch.js'), '--state-dir', stateDir, '--config', config];
  const { link } = connect({ stateDir, installFile: '', command, autoStart: false, url: '' });
  await expect(link.start()).rejects.toMatchObject({
    code: 'start_failed',
    message: expect.stringContaining(`The daemon did not start: ${config}:2: daemon.ffmpge`),
  });
});

test('the settings name another daemon: it is asked for everything, and nothing of the first one stays', async () => {
  const [first, second] = [installed(), installed()];
  await startDaemon(second);
  const chosen = { ...first };
  const { link, store } = connect(chosen);
  await until(link, 'connected');
  for (const reason of ['one', 'two', 'three']) await link.call('queue.pause', { reason });
  await vi.waitFor(() => expect(store.queue.reason).toBe('three'), { interval: 20 });
  const before = store.seq ?? 0;
  Object.assign(chosen, second);
  link.reconnect();
  await vi.waitFor(
    () => expect(link.state).toMatchObject({ kind: 'connected', hello: { stateDir: second.stateDir } }),
    { interval: 20 },
  );
  expect(store.queue).toEqual({ paused: false, reason: '' });
  expect(store.seq).toBeLessThan(before);
});
