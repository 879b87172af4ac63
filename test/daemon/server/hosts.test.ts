import { expect, test } from 'vitest';
import { CosmosError } from '../../../daemon/errors.js';
import type { HostCheck } from '../../../schemas/index.js';
import { connect, World } from './world.js';

const CHECK: HostCheck = {
  ...{ check: 'login', engine: null, state: 'ok', code: null, message: 'Logged in.', remedy: null, data: {} },
};

test('findings come before the answer, and only to the client that asked', async () => {
  const world = await World.start();
  world.probe = async (host, onlooker) => {
    onlooker?.onCheck?.(CHECK);
    return { name: typeof host === 'string' ? host : host.name, ok: true, checks: [CHECK] };
  };
  const [asker, other] = [await connect(world), await connect(world)];
  const { probe } = await asker.call('host.probe', { host: 'gpu1' });
  expect(probe).toEqual({ name: 'gpu1', ok: true, checks: [CHECK] });
  expect(asker.heard('host.check')).toEqual([{ host: 'gpu1', check: CHECK }]);
  await other.call('daemon.status', {});
  expect(other.heard('host.check')).toEqual([]);
});

test.each([
  ['host.probe', { host: { name: '-rf', ssh: 'a', ownership: 'mine' } }],
  ['host.probe', { host: '' }],
  ['host.add', { host: { name: 'a', ssh: 'a' } }],
  ['host.add', { host: { name: 'a', ssh: 'a', ownership: 'mine', unknown: 1 } }],
  ['host.trust', { host: 'a', fingerprint: 'MD5:aa:bb' }],
] as const)('%s refuses %j', async (method, params) => {
  const client = await connect(await World.start());
  expect((await client.failure(method, params)).data).toMatchObject({ code: 'invalid_params' });
});

const QUESTION = { host: 'gpu1', user: 'ada', name: '', instruction: '', prompts: [{ text: 'Code', echo: false }] };

test('what a host asks goes to the client that logs in, and only its answer is taken', async () => {
  const world = await World.start();
  const heard: unknown[] = [];
  world.login = async (host, ask) => {
    heard.push(await ask(QUESTION), await ask(QUESTION));
    throw new CosmosError('host_auth_failed', `${host} does not accept what was answered.`);
  };
  const [person, other] = [await connect(world), await connect(world)];
  const login = person.failure('host.login', { host: 'gpu1' });
  const id = async (count: number) => {
    await expect.poll(() => person.heard('host.asks')).toHaveLength(count);
    const asked = person.heard('host.asks').at(-1);
    expect(asked).toMatchObject({ question: QUESTION });
    return asked?.id ?? '';
  };
  const first = await id(1);
  const foreign = await other.failure('host.answer', { id: first, answers: ['123'] });
  expect(foreign.data).toMatchObject({ code: 'not_found' });
  await person.call('host.answer', { id: first, answers: ['123456'] });
  await person.call('host.answer', { id: await id(2), answers: null });
  expect((await login).data).toMatchObject({ code: 'host_auth_failed' });
  expect(heard).toEqual([['123456'], undefined]);
  expect(other.heard('host.asks')).toEqual([]);
});

test('a probe asks only a client with a person there; one that leaves has not answered', async () => {
  const world = await World.start();
  const asks: boolean[] = [];
  let left: Promise<unknown> | undefined;
  world.probe = async (_, onlooker) => {
    asks.push(onlooker?.ask !== undefined);
    left = onlooker?.ask?.(QUESTION);
    return { name: 'gpu1', ok: true, checks: [] };
  };
  const client = await connect(world);
  await client.call('host.probe', { host: 'gpu1' });
  await client.call('host.probe', { host: 'gpu1', asks: true });
  expect(asks).toEqual([false, true]);
  client.socket.close();
  expect(await left).toBeUndefined();
});
