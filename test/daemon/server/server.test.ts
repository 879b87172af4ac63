import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../../../daemon/clock.js';
import { silentLogger } from '../../../daemon/log.js';
import { RpcServer } from '../../../daemon/server/server.js';
import { Discovery } from '../../../schemas/index.js';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';
import { Parts } from './parts.js';
import { connect, World } from './world.js';

/** The HTTP status that refused a WebSocket, or "open". */
function knock(url: string, headers: Record<string, string>): Promise<number | 'open'> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.once('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}

test('only the bearer of the token comes in', async () => {
  const { discovery } = await World.start();
  const authorization = `Bearer ${discovery.token}`;
  expect(await knock(discovery.url, {})).toBe(401);
  expect(await knock(discovery.url, { authorization: 'Bearer wrong' })).toBe(401);
  expect(await knock(discovery.url, { authorization: `Basic ${discovery.token}` })).toBe(401);
  expect(await knock(discovery.url, { authorization: `${authorization}x` })).toBe(401);
  expect(await knock(discovery.url, { authorization })).toBe('open');
});

test('a web page is refused even with the token', async () => {
  const { discovery } = await World.start();
  const authorization = `Bearer ${discovery.token}`;
  expect(await knock(discovery.url, { authorization, origin: 'http://localhost:3000' })).toBe(403);
  expect(await knock(discovery.url, { authorization, origin: 'null' })).toBe(403);
});

test('Host must name this machine and this port', async () => {
  const { discovery } = await World.start();
  const authorization = `Bearer ${discovery.token}`;
  const { port } = new URL(discovery.http);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', '127.0.0.1:1', `127.0.0.1.evil:${port}`]) {
    expect([host, await knock(discovery.url, { authorization, host })]).toEqual([host, 403]);
  }
  for (const host of [`localhost:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
    expect([host, await knock(discovery.url, { authorization, host })]).toEqual([host, 'open']);
  }
});

test('the WebSocket is at /rpc only', async () => {
  const { discovery } = await World.start();
  const authorization = `Bearer ${discovery.token}`;
  expect(await knock(discovery.url.replace('/rpc', '/'), { authorization })).toBe(404);
});

test('daemon.json leads in, is private, and goes with the daemon', async () => {
  const world = await World.start();
  const file = world.stateDir.discovery;
  expect(Discovery.parse(JSON.parse(await readFile(file, 'utf8')))).toEqual(world.discovery);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(world.discovery.token, 'base64url')).toHaveLength(32);
  await world.server.close();
  expect(existsSync(file)).toBe(false);
});

test('closing leaves the daemon.json of a later daemon alone', async () => {
  const world = await World.start();
  await writeFile(world.stateDir.discovery, JSON.stringify({ ...world.discovery, startId: 'start-2' }));
  await world.server.close();
  expect(existsSync(world.stateDir.discovery)).toBe(true);
});

test('a port in use is said with its remedy', async () => {
  const { discovery } = await World.start();
  const port = Number(new URL(discovery.http).port);
  const parts = new Parts(path.join(tempDir(), 'state'), systemClock);
  const common = { clock: systemClock, log: silentLogger, discoveryFile: parts.stateDir.discovery };
  const second = new RpcServer({ ...common, services: parts.services(), port });
  await expect(second.listen()).rejects.toMatchObject({
    code: 'config_invalid',
    message: `Port ${port} is used by another program: set port in [daemon] of cosmos.toml to another one, or to 0 for any.`,
  });
  parts.close();
});

test('a client is told when the daemon stops', async () => {
  const world = await World.start();
  const client = await connect(world);
  const closed = once(client.socket, 'close');
  await world.server.close();
  const [code, reason] = await closed;
  expect([code, String(reason)]).toEqual([1001, 'The daemon is stopping.']);
});

test('a client that answers no heartbeat is cut off, one that does stays', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const deaf = new WebSocket(world.discovery.url, {
    headers: { Authorization: `Bearer ${world.discovery.token}` },
    autoPong: false,
  });
  await once(deaf, 'open');
  const healthy = await connect(world);
  const closed = once(deaf, 'close');
  for (let beat = 0; beat < 3; beat++) {
    const pinged = beat < 2 ? once(healthy.socket, 'ping') : Promise.resolve();
    clock.advance(30_000);
    await pinged;
    await healthy.call('daemon.status', {}); // its pong has arrived before this reply
  }
  const [code] = await closed;
  expect(code).toBe(1006);
  expect((await healthy.call('daemon.status', {})).pid).toBe(process.pid);
});

test('a message over the limit ends that connection alone', async () => {
  const world = await World.start();
  const [loud, other] = [await connect(world), await connect(world)];
  const closed = once(loud.socket, 'close');
  loud.socket.send('x'.repeat(5 * 2 ** 20));
  expect((await closed)[0]).toBe(1009);
  expect((await other.call('daemon.status', {})).seq).toBe(0);
});
