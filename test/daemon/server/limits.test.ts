/** What one client may ask for at a time, and what it is told beyond that. */
import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { connect as connectClient } from '../../../client/connect.js';
import { MAX_CONNECTIONS, MAX_FOLLOWS, MAX_UNANSWERED } from '../../../daemon/server/limits.js';
import { readMessage } from '../../../daemon/server/message.js';
import { Turns } from '../../../daemon/server/turns.js';
import { ManualClock } from '../../support/clock.js';
import { must } from './parts.js';
import { connect, World } from './world.js';

test('one follow too many is refused, and possible again when one has ended', async () => {
  const world = await World.start();
  const { run } = world.run(world.submit(['job']));
  const client = await connect(world);
  const follows = Array.from({ length: MAX_FOLLOWS }, () => client.call('log.follow', { id: run.id }));
  const [first] = await Promise.all(follows);
  const error = await client.failure('log.follow', { id: run.id });
  expect(error).toEqual({
    code: 1029,
    message: `This connection follows ${MAX_FOLLOWS} logs already; end one (close its view, or log.unfollow), then ask again.`,
    data: { code: 'too_many', limit: MAX_FOLLOWS, retryAfterMs: 1000 },
  });
  await client.call('log.unfollow', { follow: must(first).follow });
  await client.call('log.follow', { id: run.id });
  const other = await connect(world);
  await other.call('log.follow', { id: run.id });
});

test('requests that wait for a person hold nobody up; beyond the limit they are refused, and an answer makes room', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const answers: (() => void)[] = [];
  world.probe = (host) =>
    new Promise((resolve) => {
      answers.push(() => resolve({ name: String(host), ok: true, checks: [] }));
    });
  const client = await connect(world);
  const probes = Array.from({ length: MAX_UNANSWERED }, () => client.call('host.probe', { host: 'gpu' }));
  const begun = () => {
    clock.advance(1000); // they are young no more
    return answers.length;
  };
  await expect.poll(begun, { interval: 5 }).toBe(MAX_UNANSWERED);
  const error = await client.failure('queue.get');
  expect(error).toMatchObject({ code: 1029, data: { code: 'too_many', limit: MAX_UNANSWERED } });
  expect(error.message).toMatch(/waits for the answers to 256 requests already; wait for some of them/);
  must(answers[0])();
  await must(probes[0]);
  expect(await client.call('queue.get', {})).toMatchObject({ paused: false });
  for (const answer of answers) answer();
  await Promise.all(probes);
});

test('one client too many is told so by HTTP, until another has left', async () => {
  const { discovery } = await World.start();
  const headers = { Authorization: `Bearer ${discovery.token}` };
  const open = () =>
    new Promise<WebSocket | string>((resolve, reject) => {
      const socket = new WebSocket(discovery.url, { headers });
      socket.once('open', () => resolve(socket));
      socket.once('unexpected-response', (_, response) => {
        response.setEncoding('utf8').once('data', (body) => resolve(`${response.statusCode} ${body}`));
      });
      socket.once('error', reject);
    });
  const sockets = await Promise.all(Array.from({ length: MAX_CONNECTIONS }, open));
  onTestFinished(() => {
    for (const socket of sockets) if (socket instanceof WebSocket) socket.terminate();
  });
  expect(await open()).toMatch(/^503 .*512 clients are connected.*close some, then connect again/);
  await expect(connectClient(discovery, { name: 'test' })).rejects.toMatchObject({
    code: 'too_many',
    message: expect.stringMatching(/as many clients as it takes: close some, then try/),
  });
  if (sockets[0] instanceof WebSocket) sockets[0].terminate();
  const late = await vi.waitFor(async () => {
    const socket = await open();
    expect(socket).toBeInstanceOf(WebSocket);
    return socket;
  });
  sockets.push(late);
});

test('a batch is answered up to some size, and what lies behind it is refused and not done', async () => {
  const world = await World.start();
  world.submit([`big-${'x'.repeat(3 * 2 ** 20)}`]);
  const client = await connect(world);
  const list = (id: number) => ({ jsonrpc: '2.0', id, method: 'job.list', params: {} });
  const pause = { jsonrpc: '2.0', id: 3, method: 'queue.pause', params: {} };
  const replies = await client.raw(JSON.stringify([list(1), list(2), pause]));
  expect(replies).toMatchObject([
    { id: 1, result: {} },
    { id: 2, result: {} },
    { id: 3, error: { code: 1029 } },
  ]);
  expect((await client.call('queue.get', {})).paused).toBe(false);
});

test.each([
  ['lists in lists', '['.repeat(1_900_000), /at most 64 lists and objects inside one another/],
  ['objects in objects', '{"a":'.repeat(70), /at most 64 lists and objects/],
  ['a long list', `[${'0,'.repeat(100_001)}0]`, /at most 100000 values/],
  [
    'many keys',
    `{${Array.from({ length: 100_001 }, (_, index) => `"k${index}":1`).join(',')}}`,
    /at most 100000 values/,
  ],
])('JSON that is costly is refused before it is parsed: %s', (_, text, sentence) => {
  expect(readMessage(Buffer.from(text))).toEqual({ kind: 'refused', sentence: expect.stringMatching(sentence) });
});

test('brackets and commas inside texts count for nothing, wherever the quotes stand', () => {
  const value = { text: `${'[{,'.repeat(100_000)}\\"\\\\`, 'a"b\\': ['\\', '"', '\u20ac"'], deep: [[[{}]]] };
  expect(readMessage(Buffer.from(JSON.stringify(value)))).toEqual({ kind: 'value', value });
  expect(readMessage(Buffer.from('"never ends \\"'))).toMatchObject({ kind: 'broken' });
});

test('a method whose name is megabytes long is unknown at once', async () => {
  const client = await connect(await World.start());
  const error = await client.failure('x'.repeat(3 * 2 ** 20), {});
  expect(error.data).toMatchObject({ code: 'unknown_method', near: [] });
});

test('turns: who has little waiting comes before who has much, then who has cost less', async () => {
  const turns = new Turns();
  const [flood, heavy, light] = [turns.lane(), turns.lane(), turns.lane()];
  const order: string[] = [];
  const work = (name: string, ms: number) => () => {
    order.push(name);
    for (const until = performance.now() + ms; performance.now() < until; );
  };
  heavy.cost = 5;
  flood.backlog = 1000;
  for (let each = 0; each < 3; each++) flood.add(work('flood', 0));
  for (let each = 0; each < 3; each++) heavy.add(work('heavy', 1));
  light.add(work('light', 0));
  light.add(work('light', 0));
  await vi.waitFor(() => expect(order).toHaveLength(8));
  expect(order).toEqual(['light', 'light', 'heavy', 'heavy', 'heavy', 'flood', 'flood', 'flood']);
  flood.add(work('gone', 0));
  flood.close();
  flood.add(work('gone', 0));
  light.add(work('last', 0));
  await vi.waitFor(() => expect(order.at(-1)).toBe('last'));
  expect(order).not.toContain('gone');
});

test('a ping is answered', async () => {
  const world = await World.start();
  const client = await connect(world);
  const pong = once(client.socket, 'pong');
  client.socket.ping('here');
  expect(String((await pong)[0])).toBe('here');
});
