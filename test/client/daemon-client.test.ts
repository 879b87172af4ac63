import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { connect } from '../../client/connect.js';
import { readDiscovery } from '../../client/discovery.js';
import { WireError } from '../../client/errors.js';
import { hear, hearAll, subscribe } from '../../client/hear.js';
import type { Discovery } from '../../schemas/index.js';
import { FakeDaemon, FakeError } from '../support/fake-daemon.js';
import { tempDir } from '../support/tmp.js';

async function start(answers: Parameters<typeof FakeDaemon.start>[1]) {
  const stateDir = tempDir();
  const daemon = await FakeDaemon.start(stateDir, answers);
  const discovery = readDiscovery(path.join(stateDir, 'daemon.json'));
  return { daemon, discovery: discovery ?? expect.unreachable() };
}

async function connected(answers: Parameters<typeof FakeDaemon.start>[1] = {}) {
  const { daemon, discovery } = await start(answers);
  const { daemon: client } = await connect(discovery, { name: 'test' });
  return { daemon, client };
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
  await expect(client.call('queue.get', {})).rejects.toMatchObject({ code: 'daemon_unreachable', failure: 'lost' });
  await client.closed;
  await expect(client.call('queue.get', {})).rejects.toMatchObject({ code: 'daemon_unreachable' });
});

test('a wrong token and a closed port are told apart', async () => {
  const { discovery } = await start({});
  const wrong: Discovery = { ...discovery, token: 'wrong' };
  await expect(connect(wrong, { name: 'test' })).rejects.toMatchObject({ code: 'unauthorized' });
  const nobody: Discovery = { ...discovery, url: 'ws://127.0.0.1:1/rpc' };
  await expect(connect(nobody, { name: 'test' })).rejects.toMatchObject({ code: 'daemon_unreachable' });
});

test('an answer with words of a newer daemon is read, an error code of one is kept', async () => {
  const newer = { paused: false, reason: '', mood: 'calm' };
  const { client } = await connected({
    'queue.get': () => newer,
    'queue.pause': () => new FakeError('too_calm', 'The queue is asleep.'),
  });
  expect(await client.call('queue.get', {})).toMatchObject({ paused: false });
  await expect(client.call('queue.pause', {})).rejects.toMatchObject({ code: 'too_calm', failure: 'answer' });
  await client.close();
});

test('who has errors of its own gets these, from connecting on', async () => {
  const { discovery } = await start({ 'queue.get': () => new FakeError('not_found', 'Nothing.') });
  const toError = ({ code }: WireError) => new TypeError(`own ${code}`);
  const { daemon } = await connect(discovery, { name: 'test', toError });
  await expect(daemon.call('queue.get', {})).rejects.toThrow(new TypeError('own not_found'));
  await daemon.close();
  await expect(daemon.call('queue.get', {})).rejects.toThrow(new TypeError('own daemon_unreachable'));
  await expect(connect({ ...discovery, token: 'x' }, { name: 'test', toError })).rejects.toThrow('own unauthorized');
  await expect(connect({ ...discovery, token: 'x' }, { name: 'test' })).rejects.toBeInstanceOf(WireError);
});

test('a subscriber gets the answer, then the events behind it; others hear everything that this version knows', async () => {
  const { daemon, client } = await connected({ 'event.subscribe': () => ({ seq: 7, snapshot: null }) });
  const told: number[] = [];
  const names: string[] = [];
  hearAll(client, (name) => names.push(name));
  const { seq } = await subscribe(client, 7, (event) => told.push(event.seq));
  expect([seq, told]).toEqual([7, []]);
  const queue = { kind: 'queue', type: 'paused', id: 'queue', at: '2026-01-01T00:00:00.000Z' } as const;
  for (const next of [8, 9]) daemon.notify('event', { ...queue, seq: next, data: { paused: true, reason: '' } });
  daemon.notify('of a newer daemon' as 'event', {} as never);
  daemon.notify('log.end', { follow: 'f', run: 'r', size: 0 });
  await vi.waitFor(() => expect(names).toEqual(['event', 'event', 'log.end']));
  expect(told).toEqual([8, 9]);
  expect(daemon.called('event.subscribe')).toEqual([{ since: 7 }]);
  await client.close();
});
