import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { FileSeal } from '../../../daemon/queue/results.js';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';
import { must, result } from './parts.js';
import { connect, World } from './world.js';

const VIDEO = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256));

const sealOf = (content: string | Buffer): FileSeal => ({
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
});

async function withResult(clock = new ManualClock()) {
  const world = await World.start(clock);
  const folder = tempDir();
  const video = path.join(folder, 'city block #1_preview.mp4');
  const poster = path.join(folder, 'poster.png');
  writeFileSync(video, VIDEO);
  writeFileSync(poster, 'png');
  const contactSheet = path.join(folder, 'sheet.png');
  writeFileSync(contactSheet, 'sheet');
  const job = must(world.submit(['city'])[0]).id;
  const seals = { poster: sealOf('png'), contactSheet: sealOf('sheet') };
  world.results.put(result(job, video, { poster, contactSheet, ...sealOf(VIDEO) }), seals);
  const media = await (await connect(world)).call('result.media', { job });
  return { world, clock, media, video, poster, job };
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
  expect(await (await fetch(must(media.contactSheet))).text()).toBe('sheet');
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

const SECRET = 'an SSH key of the user';

/** What a neighbour who may write to the folder puts in the place of a result, and never gets out of it. */
const SWAPS: Readonly<Record<string, (video: string) => void>> = {
  'a link to a secret': (video) => symlinkSync(`${video}.secret`, video),
  'a link to a device without end': (video) => symlinkSync('/dev/zero', video),
  'a link to itself': (video) => symlinkSync(video, video),
  'a link to nothing': (video) => symlinkSync(`${video}.gone`, video),
  'a second name of a secret': (video) => linkSync(`${video}.secret`, video),
  'a pipe': (video) => execFileSync('mkfifo', [video]),
  'a link to a pipe': (video) => {
    execFileSync('mkfifo', [`${video}.pipe`]);
    symlinkSync(`${video}.pipe`, video);
  },
  'a folder': (video) => mkdirSync(video),
  'a longer file': (video) => writeFileSync(video, Buffer.concat([VIDEO, Buffer.from(SECRET)])),
  'a shorter file': (video) => writeFileSync(video, SECRET),
  'other bytes of the same size and time': (video) => {
    writeFileSync(video, Buffer.alloc(VIDEO.length, 'x'));
    utimesSync(video, 1_700_000_000, 1_700_000_000);
  },
};

test('what is swapped for the video is not served, keeps no thread and hangs nobody', async () => {
  const { media, video } = await withResult();
  utimesSync(video, 1_700_000_000, 1_700_000_000);
  writeFileSync(`${video}.secret`, SECRET);
  expect((await fetch(media.video)).status).toBe(200);
  for (const [what, swap] of Object.entries(SWAPS)) {
    rmSync(video, { recursive: true, force: true });
    swap(video);
    for (let i = 0; i < 6; i++) {
      const range = i % 2 === 0 ? {} : { headers: { Range: 'bytes=0-9' } };
      const answer = await fetch(media.video, range);
      const text = await answer.text();
      expect([what, answer.status, text.includes(SECRET)]).toEqual([what, 410, false]);
      expect(JSON.parse(text).error).toMatch(
        /^city block #1_preview\.mp4 is no longer the file that was verified: .+\.$/,
      );
    }
  }
  rmSync(video, { force: true });
  expect((await fetch(media.video)).status).toBe(404);
  writeFileSync(video, VIDEO); // the artist put it back from a copy: other time, same bytes
  expect((await fetch(media.video)).status).toBe(200);
});

test('a poster and a contact sheet are as their seals say, and a mark does not lose these', async () => {
  const { world, job, poster } = await withResult();
  world.results.mark(job, 'star');
  const { poster: url, contactSheet } = await (await connect(world)).call('result.media', { job });
  expect((await fetch(must(url))).status).toBe(200);
  writeFileSync(poster, 'GIF');
  expect((await fetch(must(url))).status).toBe(410);
  expect((await fetch(must(contactSheet))).status).toBe(200);
});

test('a link is not followed where an older version kept no seal', async () => {
  const { world, job, poster } = await withResult();
  world.results.put(must(world.results.get(job)));
  const { poster: url } = await (await connect(world)).call('result.media', { job });
  expect((await fetch(must(url))).status).toBe(200);
  renameSync(poster, `${poster}.there`);
  symlinkSync(`${poster}.there`, poster);
  expect((await fetch(must(url))).status).toBe(410);
});

test('what is sent is what was opened, whatever gets its name meanwhile', async () => {
  const { world, job, video } = await withResult();
  const big = Buffer.alloc(16 * 2 ** 20, 'v'); // more than the sockets hold
  writeFileSync(video, big);
  world.results.put(result(job, video, sealOf(big)));
  const { video: url } = await (await connect(world)).call('result.media', { job });
  const answer = await fetch(url);
  renameSync(video, `${video}.old`);
  writeFileSync(video, Buffer.alloc(big.length, 'S'));
  expect(Buffer.from(await answer.arrayBuffer()).equals(big)).toBe(true);
});

test('conditions and ranges as HTTP has them', async () => {
  const { media, video } = await withResult();
  const get = async (headers: Record<string, string>, method = 'GET') => {
    const caching = { 'Cache-Control': 'max-age=0' }; // fetch would say no-cache with a condition, which means: whole
    const answer = await fetch(media.video, { headers: { ...caching, ...headers }, method });
    return { status: answer.status, headers: answer.headers, bytes: [...Buffer.from(await answer.arrayBuffer())] };
  };
  const { headers } = await get({});
  const [etag, modified] = [must(headers.get('etag')), must(headers.get('last-modified'))];
  expect((await get({ 'If-None-Match': etag })).status).toBe(304);
  expect((await get({ 'If-Modified-Since': modified })).status).toBe(304);
  expect((await get({ 'If-Match': '"other"' })).status).toBe(412);
  expect(await get({ Range: 'bytes=990-5000' })).toMatchObject({ status: 206, bytes: [...VIDEO.subarray(990)] });
  expect(await get({ Range: 'bytes=-4' })).toMatchObject({ status: 206, bytes: [...VIDEO.subarray(996)] });
  expect((await get({ Range: 'bytes=10-19', 'If-Range': etag })).status).toBe(206);
  expect(await get({ Range: 'bytes=10-19', 'If-Range': '"other"' })).toMatchObject({ status: 200, bytes: [...VIDEO] });
  expect((await get({ Range: 'bytes=0-1,5-6' })).bytes).toEqual([...VIDEO]);
  const wrong = await get({ Range: 'bytes=1000-' });
  expect([wrong.status, wrong.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
  expect(await get({ Range: 'bytes=0-9' }, 'HEAD')).toMatchObject({ status: 206, bytes: [] });
  appendFileSync(video, 'x');
  expect((await get({ 'If-None-Match': etag })).status).toBe(410);
});

test.runIf(process.platform === 'linux')('every answer gives its descriptor back', async () => {
  const { media, video } = await withResult();
  const isOpen = (fd: string) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === video;
    } catch {
      return false; // closed since it was listed
    }
  };
  const asked: Record<string, string>[] = [{}, { Range: 'bytes=0-9' }, { Range: 'bytes=5000-' }, { 'If-Match': '"x"' }];
  for (const headers of asked) {
    await (await fetch(media.video, { headers })).arrayBuffer();
    await fetch(media.video, { headers, method: 'HEAD' });
  }
  await (await fetch(media.video, { headers: { 'If-Modified-Since': statSync(video).mtime.toUTCString() } })).text();
  await vi.waitFor(() => expect(readdirSync('/proc/self/fd').filter(isOpen)).toEqual([]));
});

test('a page of another origin can show nothing of it, and what is no picture or movie runs nothing', async () => {
  const { world, media } = await withResult();
  const shown = await fetch(media.video);
  expect(shown.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(shown.headers.get('access-control-allow-origin')).toBeNull();
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  expect(shown.headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
  for (const name of ['page.html', 'picture.svg', 'page.xhtml', 'no-ending']) {
    const file = path.join(tempDir(), name);
    writeFileSync(file, '<script>alert(1)</script>');
    const job = must(world.submit(['city'])[0]).id;
    world.results.put(result(job, file, sealOf('<script>alert(1)</script>')));
    const { video } = await (await connect(world)).call('result.media', { job });
    const answer = await fetch(video);
    expect([name, answer.status, answer.headers.get('content-security-policy')]).toEqual([
      name,
      200,
      "default-src 'none'; sandbox; frame-ancestors 'none'",
    ]);
  }
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
