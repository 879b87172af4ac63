import { expect, test } from 'vitest';
import { ManualClock } from '../../support/clock.js';
import { seededRandom } from '../../support/random.js';
import type { TestClient } from './client.js';
import { must } from './parts.js';
import { connect, World } from './world.js';

/** Progress bars, wide characters, an emoji, and bytes that are no UTF-8 at all. */
const LINES = ['step 1/35\r', 'step 2/35\r', 'straße, 街, 🎬\n', 'ünïcödé '.repeat(9), '\r\n', '🎬'.repeat(7)];

async function running(world: World, count = 1) {
  const jobs = world.submit(Array.from({ length: count }, (_, index) => `job${index}`));
  const { run, jobs: live } = world.run(jobs);
  return { run: run.id, job: must(live[0]).id, jobs: live.map(({ id }) => id) };
}

function untilEnd(client: TestClient) {
  return client.until(() => client.heard('log.end')[0]);
}

/** The text a client heard; throws when the offsets do not join up. */
function text(client: TestClient, from: number): string {
  let at = from;
  for (const piece of client.heard('log.data')) {
    expect(piece.from).toBe(at);
    expect(Buffer.byteLength(piece.text)).toBe(piece.to - piece.from);
    at = piece.to;
  }
  return client
    .heard('log.data')
    .map((piece) => piece.text)
    .join('');
}

test.each([1, 2, 3, 4, 5])('a follow gives every byte once, cut between characters, seed %i', async (seed) => {
  const world = await World.start();
  const { run, job } = await running(world);
  const random = seededRandom(seed);
  const client = await connect(world);
  await world.say(run, 'before anybody listened\n');
  const { follow } = await client.call('log.follow', { id: job });
  let said = 'before anybody listened\n';
  for (let turn = 0; turn < 60; turn++) {
    const line = must(LINES[Math.floor(random() * LINES.length)]);
    said += line;
    const bytes = Buffer.from(line);
    const cut = Math.floor(random() * bytes.length); // also inside a character
    await world.say(run, bytes.subarray(0, cut));
    if (random() < 0.5) await new Promise((resolve) => setImmediate(resolve));
    await world.say(run, bytes.subarray(cut));
  }
  world.logs.end(run);
  expect(await untilEnd(client)).toEqual({ follow, run, size: Buffer.byteLength(said) });
  expect(text(client, 0)).toBe(said);
});

test('bytes that are no UTF-8 pass with true offsets', async () => {
  const world = await World.start();
  const { run } = await running(world);
  const client = await connect(world);
  const garbage = Buffer.from([0xff, 0x80, 0x80, 0x80, 0x80, 0x61, 0xe2, 0x82]);
  await client.call('log.follow', { id: run });
  await world.say(run, garbage);
  world.logs.end(run);
  const { size } = await untilEnd(client);
  const pieces = client.heard('log.data');
  expect([pieces[0]?.from, pieces.at(-1)?.to, size]).toEqual([0, garbage.length, garbage.length]);
});

test('a follow begins where it is asked to, also counted from the end', async () => {
  const world = await World.start();
  const { run } = await running(world);
  await world.say(run, 'abc🎬xyz');
  world.logs.end(run);
  const client = await connect(world);
  expect((await client.call('log.follow', { id: run, from: 3 })).from).toBe(3);
  await untilEnd(client);
  expect(text(client, 3)).toBe('🎬xyz');
  // Five bytes from the end is inside the film clapper: the follow begins behind it.
  expect((await client.call('log.follow', { id: run, from: -5 })).from).toBe(7);
});

test('lines are batched: one at once, the next ones together 50 ms later', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const { run } = await running(world);
  const client = await connect(world);
  await client.call('log.follow', { id: run });
  clock.advance(1000);
  await world.say(run, 'first\n');
  await client.until(() => client.heard('log.data')[0]);
  for (let line = 0; line < 5; line++) await world.say(run, `${line}\n`);
  await client.call('queue.get', {});
  expect(client.heard('log.data').map((piece) => piece.text)).toEqual(['first\n']);
  clock.advance(50);
  await client.until(() => client.heard('log.data')[1]);
  expect(client.heard('log.data').map((piece) => piece.text)).toEqual(['first\n', '0\n1\n2\n3\n4\n']);
});

test('16 KiB do not wait for the 50 ms', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const { run } = await running(world);
  const client = await connect(world);
  await client.call('log.follow', { id: run });
  await world.say(run, 'first\n');
  await client.until(() => client.heard('log.data')[0]);
  await world.say(run, 'x'.repeat(16 * 2 ** 10));
  expect((await client.until(() => client.heard('log.data')[1])).to).toBe(6 + 16 * 2 ** 10);
});

test('a slow client is told one gap, reads it from the file, and goes on near the live end', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const { run } = await running(world);
  const [slow, healthy] = [await connect(world), await connect(world)];
  for (const client of [slow, healthy]) await client.call('log.follow', { id: run });
  slow.socket.pause();
  const line = `${'街'.repeat(100)}\n`;
  let size = 0;
  const say = async (lines: number) => {
    await world.say(run, line.repeat(lines));
    size += lines * Buffer.byteLength(line);
    const nearly = size - 16 * 2 ** 10; // the rest waits for its 50 ms, and the clock stands still
    await healthy.until(() => (healthy.heard('log.data').at(-1)?.to ?? 0) >= nearly || undefined);
  };
  for (let turn = 0; turn < 40; turn++) await say(2000); // 24 MB: over any socket buffer
  clock.advance(2000);
  slow.socket.resume();
  const gap = await slow.until(() => slow.heard('log.gap')[0]);
  world.logs.end(run);
  await Promise.all([untilEnd(slow), untilEnd(healthy)]);

  expect(text(healthy, 0)).toBe(line.repeat(size / Buffer.byteLength(line)));
  expect(healthy.heard('log.gap')).toEqual([]);
  expect(slow.heard('log.gap')).toHaveLength(1);
  const pieces = slow.heard('log.data');
  const behind = pieces.findIndex(({ from }) => from === gap.to);
  expect(pieces[behind - 1]?.to).toBe(gap.from);
  expect(pieces.at(-1)?.to).toBe(size);
  const read = await slow.call('log.read', { id: run, from: gap.from, bytes: 3 });
  expect([read.from, read.text]).toEqual([gap.from, '街']);
  expect(await droppedBytes(world)).toBe(gap.to - gap.from);
});

test('a past log waits for a slow reader instead of leaving anything out', async () => {
  const world = await World.start();
  const { run } = await running(world);
  const line = `${'past '.repeat(20)}\n`;
  await world.say(run, line.repeat(200_000)); // 20 MB
  world.logs.end(run);
  const client = await connect(world);
  await client.call('log.follow', { id: run });
  client.socket.pause();
  const other = await connect(world);
  for (let turn = 0; turn < 50; turn++) await other.call('queue.get', {});
  client.socket.resume();
  await untilEnd(client);
  expect(client.heard('log.gap')).toEqual([]);
  expect(text(client, 0) === line.repeat(200_000)).toBe(true);
});

test('log.read gives pieces of a run, from either end', async () => {
  const world = await World.start();
  const { run } = await running(world);
  await world.say(run, 'one\ntwo\nthree\n');
  const client = await connect(world);
  const read = (params: { from?: number; bytes?: number }) => client.call('log.read', { id: run, ...params });
  expect(await read({})).toEqual({
    run,
    from: 0,
    to: 14,
    text: 'one\ntwo\nthree\n',
    size: 14,
    ended: false,
    file: world.logs.path(run),
  });
  expect(await read({ from: 4, bytes: 4 })).toMatchObject({ from: 4, to: 8, text: 'two\n' });
  expect(await read({ from: -6 })).toMatchObject({ from: 8, text: 'three\n' });
  expect(await read({ from: -600 })).toMatchObject({ from: 0, to: 14 });
  expect(await read({ from: 99 })).toMatchObject({ from: 14, to: 14, text: '' });
  world.logs.end(run);
  expect((await read({})).ended).toBe(true);
});

test('an attempt is its own part of the run log', async () => {
  const world = await World.start();
  const { run, jobs } = await running(world, 2);
  const [first, second] = [must(jobs[0]), must(jobs[1])];
  await world.say(run, 'load\nfirst\nsecond\n');
  world.runs.patchAttempt(first, 1, { logFrom: 5, logTo: 11 });
  world.runs.patchAttempt(second, 1, { logFrom: 11 });
  const client = await connect(world);
  const read = (id: string) => client.call('log.read', { id });
  expect(await read(first)).toMatchObject({ run, from: 5, to: 11, text: 'first\n', size: 11, ended: true });
  expect(await read(second)).toMatchObject({ run, from: 11, to: 18, text: 'second\n', size: 18, ended: false });
});

test('a follow of a member ends with the member, though its run goes on', async () => {
  const world = await World.start();
  const { run, job } = await running(world, 2);
  const client = await connect(world);
  await client.call('log.follow', { id: job });
  await world.say(run, 'mine\ntheirs\n');
  await client.until(() => client.heard('log.data')[0]);
  world.runs.patchAttempt(job, 1, { logFrom: 0, logTo: 5 });
  world.queue.move(must(world.queue.get(job)), { event: 'finished' });
  expect((await untilEnd(client)).size).toBe(5);
});

test('unfollow ends the notifications', async () => {
  const world = await World.start();
  const { run } = await running(world);
  const client = await connect(world);
  const { follow } = await client.call('log.follow', { id: run });
  await client.call('log.unfollow', { follow });
  await world.say(run, 'unheard\n');
  await client.call('queue.get', {});
  expect(client.heard('log.data')).toEqual([]);
  expect((await client.failure('log.unfollow', { follow })).data.code).toBe('not_found');
});

test('what has no log says so', async () => {
  const world = await World.start();
  const job = must(world.submit(['city'])[0]);
  const client = await connect(world);
  expect((await client.failure('log.follow', { id: job.id })).message).toBe(
    'city has no log yet: it is queued and has not run.',
  );
  expect((await client.failure('log.read', { id: 'nobody' })).data.code).toBe('not_found');
  expect((await client.failure('log.read', { id: job.id, attempt: 3 })).message).toBe('city has no attempt 3.');
});

async function droppedBytes({ discovery }: { discovery: { http: string; token: string } }): Promise<number> {
  const headers = { Authorization: `Bearer ${discovery.token}` };
  const metrics = await (await fetch(`${discovery.http}/metrics`, { headers })).text();
  return Number(/^cosmos_log_dropped_bytes_total (\d+)/m.exec(metrics)?.[1]);
}

test('what was left out of a long log is said in its place, and no offset means another byte', async () => {
  const world = await World.start();
  const { run } = await running(world);
  await world.say(run, 'the beginning 🎬'.slice(0, -1)); // cut inside a character
  const gap = world.logs.size(run);
  await world.logs.skip(run, 2_400_000_000);
  await world.say(run, 'the end\n');
  const client = await connect(world);
  const words = '\n[... 2.4 GB of this log were left out here ...]\n';

  const first = await client.call('log.read', { id: run });
  expect(first).toMatchObject({ from: 0, to: gap, size: 2_400_000_008, ended: false });
  expect(first).not.toHaveProperty('leftOut');
  const second = await client.call('log.read', { id: run, from: gap, bytes: 4 });
  expect(second).toMatchObject({ from: gap, to: 2_400_000_000, text: words, leftOut: 2_400_000_000 - gap });
  expect((await client.call('log.read', { id: run, from: second.to })).text).toBe('the end\n');
  expect((await client.call('log.read', { id: run, from: 1_400_000_000 })).text).toContain('[... 1 GB of this log');
  expect((await client.call('log.read', { id: run, from: -4 })).text).toBe('end\n');

  await client.call('log.follow', { id: run });
  world.logs.end(run);
  expect((await untilEnd(client)).size).toBe(2_400_000_008);
  const heard = client.heard('log.data');
  expect(heard.map(({ from, to }) => [from, to])).toEqual([
    [0, gap],
    [gap, 2_400_000_000],
    [2_400_000_000, 2_400_000_008],
  ]);
  expect(heard.map((piece) => piece.text).join('')).toMatch(/^the beginning .*\n\[\.\.\. .*\]\nthe end\n$/);
});
