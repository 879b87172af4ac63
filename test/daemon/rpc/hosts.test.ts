import { expect, test } from 'vitest';
import type { HostCheck } from '../../../schemas/index.js';
import { connect, World } from './world.js';

const CHECK: HostCheck = {
  ...{ check: 'login', engine: null, state: 'ok', code: null, message: 'Logged in.', remedy: null, data: {} },
};

test('findings come before the answer, and only to the client that asked', async () => {
  const world = await World.start();
  world.probe = async (host, onCheck) => {
    onCheck?.(CHECK);
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
