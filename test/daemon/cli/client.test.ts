import { expect, test, vi } from 'vitest';
import { DaemonClient } from '../../../daemon/cli/client.js';
import { findDaemon } from '../../../daemon/cli/discovery.js';
import { hear } from '../../../daemon/cli/hear.js';
import { StateDir } from '../../../daemon/state-dir.js';
import type { Discovery } from '../../../schemas/index.js';
import { FakeDaemon, FakeError } from '../../support/fake-daemon.js';
import { tempDir } from '../../support/tmp.js';

async function start(answers: Parameters<typeof FakeDaemon.start>[1]) {
  const stateDir = tempDir();
  const daemon = await FakeDaemon.start(stateDir, answers);
  const discovery = await findDaemon(new StateDir(stateDir));
  if (discovery === undefined) throw new Error('the fake daemon was not found');
  return { daemon, discovery };
}

async function connected(answers: Parameters<typeof FakeDaemon.start>[1] = {}) {
  const { daemon, discovery } = await start(answers);
  return { daemon, client: await DaemonClient.connect(discovery) };
}

test('hello comes first, then typed answers', async () => {
  const { daemon, client } = await connected({ 'queue.pause': () => ({ paused: true, reason: 'lunch' }) });
  expect(await client.call('queue.pause', { reason: 'lunch' })).toEqual({ paused: true, reason: 'lunch' });
  expect(daemon.calls.map(({ method }) => method)).toEqual(['hello', 'queue.pause']);
  await client.close();
});

test('errors come back with code, sentence and data', async () => {
  const { client } = await connected({
    'clip.get': () => new FakeError('not_found', 'No clip is called shot01.', { near: ['shot010'] }),
  });
  await expect(client.call('clip.get', { clip: 'shot01' })).rejects.toMatchObject({
    code: 'not_found',
    message: 'No clip is called shot01.',
    data: { near: ['shot010'] },
  });
  await client.close();
});

test('an answer of another shape is a version problem, not a crash', async () => {
  const { client } = await connected({ 'queue.get': () => ({ stopped: true }) as never });
  await expect(client.call('queue.get', {})).rejects.toMatchObject({ code: 'protocol_mismatch' });
  await client.close();
});

test('notifications reach their handlers until these are taken back', async () => {
  const { daemon, client } = await connected();
  const heard: number[] = [];
  const off = hear(client, 'progress', ({ fraction }) => heard.push(fraction));
  daemon.notify('progress', { job: 'job-1', stage: 'frame 1/2', fraction: 0.5, eta: null });
  await vi.waitFor(() => expect(heard).toEqual([0.5]));
  off();
  daemon.notify('progress', { job: 'job-1', stage: 'frame 2/2', fraction: 1, eta: null });
  await client.call('queue.get', {}); // answered after the notification
  expect(heard).toEqual([0.5]);
  await client.close();
});

test('a lost connection fails what is under way', async () => {
  const { daemon, client } = await connected({
    'queue.get': () => {
      daemon.dropClients();
      return { paused: false, reason: '' };
    },
  });
  await expect(client.call('queue.get', {})).rejects.toMatchObject({ code: 'daemon_unreachable' });
  await client.closed;
  await expect(client.call('queue.get', {})).rejects.toMatchObject({ code: 'daemon_unreachable' });
});

test('a wrong token and a closed port are told apart', async () => {
  const { discovery } = await start({});
  const wrong: Discovery = { ...discovery, token: 'wrong' };
  await expect(DaemonClient.connect(wrong)).rejects.toMatchObject({ code: 'unauthorized' });
  const nobody: Discovery = { ...discovery, url: 'ws://127.0.0.1:1/rpc' };
  await expect(DaemonClient.connect(nobody)).rejects.toMatchObject({ code: 'daemon_unreachable' });
});
