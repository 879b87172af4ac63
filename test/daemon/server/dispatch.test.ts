import { expect, test } from 'vitest';
import { PROTOCOL_VERSION } from '../../../schemas/index.js';
import { connect, World } from './world.js';

test('hello exchanges versions and may come at any time', async () => {
  const client = await connect(await World.start());
  await client.call('queue.get', {});
  const hello = await client.call('hello', { client: 'test', protocol: PROTOCOL_VERSION });
  expect(hello).toMatchObject({ protocol: PROTOCOL_VERSION, startId: 'start-1' });
});

test('a protocol mismatch says which side to update', async () => {
  const client = await connect(await World.start());
  const old = await client.failure('hello', { client: 'houdini', protocol: PROTOCOL_VERSION - 1 });
  expect(old).toMatchObject({ code: 1002, data: { code: 'protocol_mismatch' } });
  expect(old.message).toMatch(/update "houdini"\.$/);
  const newer = await client.failure('hello', { client: 'houdini', protocol: PROTOCOL_VERSION + 1 });
  expect(newer.message).toMatch(/update the daemon\.$/);
});

test('an unknown method offers the one that was meant', async () => {
  const client = await connect(await World.start());
  const error = await client.failure('job.submitt', {});
  expect(error).toEqual({
    code: -32601,
    message: 'There is no method "job.submitt". Did you mean job.submit?',
    data: { code: 'unknown_method', near: ['job.submit'] },
  });
});

test.each([
  ['job.get', {}, 'The parameter "id" of job.get is wrong: expected string, received undefined.', ['id']],
  ['job.get', { id: 'a', colour: 1 }, 'job.get has no parameter "colour".', []],
  ['job.submit', { targets: [7] }, 'The parameter "targets.0" of job.submit is wrong', ['targets', '0']],
  ['job.get', ['a'], 'job.get takes its parameters by name: expected object, received array.', []],
])('wrong params of %s are named: %j', async (method, params, sentence, path) => {
  const client = await connect(await World.start());
  const error = await client.failure(method, params);
  expect(error).toMatchObject({ code: -32602, data: { code: 'invalid_params', path } });
  expect(error.message).toContain(sentence);
});

test('methods without params need none', async () => {
  const client = await connect(await World.start());
  expect(await client.raw('{"jsonrpc":"2.0","id":1,"method":"queue.get"}')).toMatchObject({
    result: { paused: false },
  });
});

test('a defect is told without its details', async () => {
  const world = await World.start();
  const client = await connect(world);
  world.runs.list = () => {
    throw new TypeError('secret path /home/ann');
  };
  const error = await client.failure('run.list', {});
  expect(error).toMatchObject({ code: -32603, data: { code: 'internal' } });
  expect(JSON.stringify(error)).not.toContain('secret');
});

test('a batch is answered as one list, without the notifications in it', async () => {
  const client = await connect(await World.start());
  const reply = await client.raw(
    JSON.stringify([
      { jsonrpc: '2.0', id: 1, method: 'queue.get' },
      { jsonrpc: '2.0', method: 'queue.pause', params: {} },
      { jsonrpc: '2.0', id: 2, method: 'no.such' },
      null,
    ]),
  );
  expect(reply).toMatchObject([{ id: 1 }, { id: 2, error: { code: -32601 } }, { id: null, error: { code: -32600 } }]);
  expect((await client.call('queue.get', {})).paused).toBe(true);
});

test('a batch of one is answered with a list of one', async () => {
  const client = await connect(await World.start());
  expect(await client.raw('[{"jsonrpc":"2.0","id":1,"method":"queue.get"}]')).toHaveLength(1);
});

test.each<[string, number]>([
  ['not json', -32700],
  ['null', -32600],
  ['[]', -32600],
  ['5', -32600],
  ['{"id":1,"method":"queue.get"}', -32600],
  ['{"jsonrpc":"2.0","id":1,"method":7}', -32600],
  [JSON.stringify(Array.from({ length: 101 }, () => ({ jsonrpc: '2.0', id: 1, method: 'queue.get' }))), -32600],
])('broken message %# is answered with its JSON-RPC error', async (text, code) => {
  const client = await connect(await World.start());
  expect(await client.raw(text)).toMatchObject({ error: { code } });
  await client.call('queue.get', {}); // the connection lives on
});

test('a notification is never answered, not even with an error', async () => {
  const client = await connect(await World.start());
  client.socket.send('{"jsonrpc":"2.0","method":"no.such"}');
  client.socket.send('{"jsonrpc":"2.0","method":"job.get","params":{}}');
  await client.call('queue.get', {});
  expect(client.received).toHaveLength(1);
});
