import { rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';
import { must, result } from './parts.js';
import { connect, World } from './world.js';

const VIDEO = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));

async function withResult(clock = new ManualClock()) {
  const world = await World.start(clock);
  const folder = tempDir();
  const video = path.join(folder, 'city block #1_preview.mp4');
  const poster = path.join(folder, 'poster.png');
  writeFileSync(video, VIDEO);
  writeFileSync(poster, 'png');
  const job = must(world.submit(['city'])[0]).id;
  world.results.put(result(job, video, { poster }));
  const media = await (await connect(world)).call('result.media', { job });
  return { world, clock, media, video };
}

test('a result opens by its URL, whole and in ranges', async () => {
  const { media } = await withResult();
  const whole = await fetch(media.video);
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
    200,
    'video/mp4',
    'bytes',
  ]);
  expect(Buffer.from(await whole.arrayBuffer()).equals(VIDEO)).toBe(true);

  const part = await fetch(media.video, { headers: { Range: 'bytes=10-19' } });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/1000']);
  expect([...Buffer.from(await part.arrayBuffer())]).toEqual([...VIDEO.subarray(10, 20)]);

  expect((await fetch(media.video, { headers: { Range: 'bytes=2000-' } })).status).toBe(416);
  expect((await fetch(media.video, { method: 'HEAD' })).headers.get('content-length')).toBe('1000');
  expect((await fetch(must(media.poster))).headers.get('content-type')).toBe('image/png');
  expect(media.contactSheet).toBeNull();
});

test('a media URL ends when it said it would', async () => {
  const { media, clock } = await withResult();
  clock.advance(Date.parse(media.expiresAt) - clock.now() - 1);
  expect((await fetch(media.video)).status).toBe(200);
  clock.advance(1);
  expect((await fetch(media.video)).status).toBe(404);
});

test('a token opens its own file and nothing else', async () => {
  const { media, video } = await withResult();
  const token = must(/\/media\/([^/]+)\//.exec(media.video)?.[1]);
  const { origin } = new URL(media.video);
  for (const other of [`media/${token}/poster.png`, `media/${token}/..%2Fposter.png`, `media/${token}/`, `media/x/y`]) {
    expect([other, (await fetch(`${origin}/${other}`)).status]).toEqual([other, 404]);
  }
  rmSync(video);
  expect((await fetch(media.video)).status).toBe(404);
});

test('a foreign Host opens nothing, not even with a media token', async () => {
  const { media } = await withResult();
  const { port, pathname } = new URL(media.video);
  const get = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: pathname, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject).end();
    });
  expect(await get('rebound.example')).toBe(403);
  expect(await get(`localhost:${port}`)).toBe(200);
});

test('/healthz answers anybody on this machine', async () => {
  const { discovery } = await World.start();
  expect(await (await fetch(`${discovery.http}/healthz`)).json()).toEqual({ ok: true });
});

test('/metrics needs the token', async () => {
  const world = await World.start();
  world.run(world.submit(['a', 'b']));
  await connect(world);
  const { http, token } = world.discovery;
  expect((await fetch(`${http}/metrics`)).status).toBe(401);
  expect((await fetch(`${http}/metrics`, { headers: { Authorization: 'Bearer x' } })).status).toBe(401);
  const metrics = await (await fetch(`${http}/metrics`, { headers: { Authorization: `Bearer ${token}` } })).text();
  for (const line of [
    'cosmos_jobs{state="running"} 2',
    'cosmos_jobs{state="failed"} 0',
    'cosmos_runs_open 1',
    'cosmos_connections 1',
    'cosmos_log_dropped_bytes_total 0',
    `cosmos_event_seq ${world.journal.seq}`,
  ]) {
    expect(metrics.split('\n')).toContain(line);
  }
  expect(metrics).toContain('process_resident_memory_bytes');
});

test('everything else is not there', async () => {
  const { discovery } = await World.start();
  for (const [method, at] of [
    ['GET', '/'],
    ['GET', '/rpc'],
    ['GET', '/media'],
    ['GET', '/../etc/passwd'],
    ['POST', '/healthz'],
  ] as const) {
    expect([at, (await fetch(`${discovery.http}${at}`, { method })).status]).toEqual([at, 404]);
  }
});
