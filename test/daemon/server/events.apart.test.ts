import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { ManualClock } from '../../support/clock.js';
import { seededRandom } from '../../support/random.js';
import type { TestClient } from './client.js';
import { clip, must, result } from './parts.js';
import { connect, World } from './world.js';

/** Sequence numbers of the events a client heard, in order. */
function numbers(client: TestClient): number[] {
  return client.heard('event').map(({ seq }) => seq);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function untilHeard(client: TestClient, seq: number): Promise<true> {
  return client.until(() => numbers(client).includes(seq) || undefined);
}

test('without since: a snapshot, and every event behind it', async () => {
  const world = await World.start();
  world.clips.push(clip('city'));
  world.submit(['before']);
  const client = await connect(world);
  const { seq, snapshot } = await client.call('event.subscribe', {});
  expect(seq).toBe(world.journal.seq);
  expect(snapshot).toMatchObject({ clips: [{ name: 'city' }], jobs: [{ name: 'before' }], queue: { paused: false } });
  world.submit(['after']);
  await untilHeard(client, world.journal.seq);
  expect(numbers(client)).toEqual(range(seq + 1, world.journal.seq));
});

test('the snapshot of a long history holds all that is not over, and of the rest the newest; the older come by pages', async () => {
  const world = await World.start();
  const jobs = world.journal.transaction(() => world.submit(range(1, 450).map(String)));
  const ids = jobs.map(({ id }) => id);
  const ended = ids.slice(1, -1);
  world.queue.cancel(ended);
  world.journal.transaction(() => ids.map((id) => world.results.put(result(id, `/videos/${id}.mp4`))));
  const client = await connect(world);
  const snapshot = must((await client.call('event.subscribe', {})).snapshot);
  expect(snapshot.jobs.map(({ id }) => id)).toEqual([...ended.slice(-200), ids[0], ids.at(-1)]);
  expect(snapshot.results.map(({ job }) => job)).toEqual(ids.slice(-200));
  expect(snapshot).toMatchObject({ olderJobs: 248, olderResults: 250 });
  const before = must(snapshot.jobs[0]).id;
  const older = await client.call('job.list', { states: ['cancelled'], before, limit: 248 });
  expect(older.jobs.map(({ id }) => id)).toEqual(ended.slice(0, 248));
  const { results } = await client.call('result.list', { before: must(snapshot.results[0]).job, limit: 2 });
  expect(results.map(({ job }) => job)).toEqual(ids.slice(248, 250));
  await expect(client.call('job.list', { before: 'job-none' })).rejects.toThrow('There is no job');
});

test('with since: what was missed and what follows, no snapshot', async () => {
  const world = await World.start();
  world.submit(['a', 'b']);
  const client = await connect(world);
  expect(await client.call('event.subscribe', { since: 1 })).toEqual({ seq: 1, snapshot: null });
  await untilHeard(client, world.journal.seq);
  expect(numbers(client)).toEqual(range(2, world.journal.seq));
});

test('a since that is too old, or of another state folder, gets a snapshot', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  world.submit(['old']);
  clock.advance(1000);
  world.submit(['new']);
  world.journal.prune(new Date(clock.now()).toISOString());
  const client = await connect(world);
  expect((await client.call('event.subscribe', { since: 0 })).snapshot).not.toBeNull();
  expect((await client.call('event.subscribe', { since: world.journal.oldest() - 1 })).snapshot).toBeNull();
  expect((await client.call('event.subscribe', { since: 1_000_000 })).snapshot).not.toBeNull();
});

test('events never overtake the reply that they follow', async () => {
  const world = await World.start();
  world.submit(['a']);
  const client = await connect(world);
  await client.call('event.subscribe', { since: 0 });
  expect(client.received[0]).toMatchObject({ id: 1001 });
});

test('subscribing again moves on from the new place, without duplicates', async () => {
  const world = await World.start();
  const client = await connect(world);
  await client.call('event.subscribe', {});
  const { seq } = await client.call('event.subscribe', {});
  world.submit(['a']);
  await untilHeard(client, world.journal.seq);
  expect(numbers(client)).toEqual(range(seq + 1, world.journal.seq));
});

// Random interleavings of journaling, connecting, subscribing and leaving; whoever subscribed must hear exactly
// the numbers behind its place. 20 seeds take about two seconds.
test.each(range(1, 20))('no gap and no duplicate under concurrent appends, seed %i', async (seed) => {
  const world = await World.start();
  const random = seededRandom(seed);
  const clients: { client: TestClient; seq: number }[] = [];
  const join = async () => {
    const client = await connect(world);
    const known = random() < 0.5 ? Math.floor(random() * world.journal.seq) : undefined;
    // Appended while the request is on its way, while it is answered, and between answer and first event.
    const answer = client.call('event.subscribe', known === undefined ? {} : { since: known });
    const appending = append(3);
    clients.push({ client, seq: (await answer).seq });
    await appending;
  };
  const append = async (turns: number) => {
    for (let turn = 0; turn < turns; turn++) {
      world.submit(range(0, Math.floor(random() * 4)).map(String), random() < 0.5 ? 'queued' : 'preparing');
      if (random() < 0.7) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await append(2);
  await Promise.all(range(1, 5).map(() => join()));
  await append(3);
  const last = world.journal.seq;
  for (const { client, seq } of clients) {
    await untilHeard(client, last);
    expect(numbers(client)).toEqual(range(seq + 1, last));
  }
});

test('a client that stops reading loses no event, however many come', async () => {
  const world = await World.start();
  const [slow, healthy] = [await connect(world), await connect(world)];
  await slow.call('event.subscribe', {});
  const { seq } = await healthy.call('event.subscribe', {});
  slow.socket.pause();
  const names = range(1, 200).map((index) => `${index}-${'x'.repeat(20_000)}`);
  for (let turn = 0; turn < 4; turn++) world.submit(names, 'preparing'); // 800 events of 60 kB: over any socket buffer
  await untilHeard(healthy, world.journal.seq);
  expect(numbers(slow)).not.toContain(world.journal.seq);
  slow.socket.resume();
  await untilHeard(slow, world.journal.seq);
  expect(numbers(slow)).toEqual(range(seq + 1, world.journal.seq));
});

test('a client whose missed events are not kept any more is told to come again', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const slow = await connect(world);
  await slow.call('event.subscribe', {});
  slow.socket.pause();
  const names = range(1, 400).map((index) => `${index}-${'x'.repeat(20_000)}`);
  world.submit(names, 'preparing');
  clock.advance(1000);
  world.submit(['last'], 'preparing');
  world.journal.prune(new Date(clock.now()).toISOString());
  const closed = once(slow.socket, 'close');
  slow.socket.resume();
  const [code, reason] = await closed;
  expect([code, String(reason)]).toEqual([
    1013,
    'The events you lack are not kept any more. Connect again for a snapshot.',
  ]);
});

test('a client that asks and never reads waits for its own answers, and is given up after some heartbeats', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  world.submit([`big-${'x'.repeat(2 ** 20)}`]);
  const list = vi.spyOn(world.queue, 'list');
  const client = await connect(world);
  client.socket.pause();
  const closed = once(client.socket, 'close');
  for (let id = 1; id <= 60; id++) client.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method: 'job.list' }));
  let seen = 0;
  const hasComeToRest = () => {
    const before = seen;
    seen = list.mock.calls.length;
    return seen > 0 && seen === before;
  };
  await expect.poll(hasComeToRest, { interval: 300 }).toBe(true);
  expect(list.mock.calls.length).toBeLessThan(30); // socket buffers take some megabytes of answers; nobody asks on
  for (let beat = 1; beat <= 3; beat++) clock.advance(30_000);
  client.socket.resume();
  const [code, reason] = await closed;
  expect([code, String(reason)]).toEqual([
    1013,
    'You do not read what you asked for. Connect again and subscribe with since.',
  ]);
});

test('progress is the latest value of each job, at most ten times a second', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const [a, b] = world.run(world.submit(['a', 'b'])).jobs.map(({ id }) => id);
  const client = await connect(world);
  await client.call('event.subscribe', {});
  for (let frame = 1; frame <= 10; frame++) world.progress.report(must(a), `frame ${frame}/10`, frame / 10);
  world.progress.report(must(b), 'frame 1/10', 0.1);
  await client.call('queue.get', {});
  expect(client.heard('progress')).toEqual([]);
  clock.advance(100);
  await client.until(() => client.heard('progress').length >= 2 || undefined);
  expect(client.heard('progress').map(({ job, stage }) => [job, stage])).toEqual([
    [a, 'frame 10/10'],
    [b, 'frame 1/10'],
  ]);
});
