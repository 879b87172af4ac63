import { expect, test } from 'vitest';
import { ManualClock } from '../../support/clock.js';
import { must, result } from './parts.js';
import { connect, World } from './world.js';

const HOUR = 3600 * 1000;

test('cost is price times the time a slot was held, shared among the members', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const { run } = world.run(world.submit(['a', 'b']), 2);
  clock.advance(HOUR);
  world.runs.ended(run.id, 0);
  world.run(world.submit(['free']), 0);
  clock.advance(HOUR / 2);
  const client = await connect(world);
  const byClip = await client.call('cost.get', { by: 'clip' });
  expect(byClip.total).toBeCloseTo(2);
  expect(byClip.entries).toEqual([
    { group: 'a', host: 'local', jobs: 1, seconds: 1800, dollars: 1 },
    { group: 'b', host: 'local', jobs: 1, seconds: 1800, dollars: 1 },
    { group: 'free', host: 'local', jobs: 1, seconds: 1800, dollars: 0 },
  ]);
  const byHost = await client.call('cost.get', { by: 'host' });
  expect(byHost.entries).toEqual([{ group: 'local', host: 'local', jobs: 3, seconds: 5400, dollars: 2 }]);
});

test('cost since a moment counts only the time behind it', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  world.run(world.submit(['a']), 1);
  clock.advance(HOUR);
  const since = new Date(clock.now()).toISOString();
  clock.advance(HOUR);
  expect((await (await connect(world)).call('cost.get', { since })).total).toBeCloseTo(1);
});

test('a report counts the last day, and says what failed', async () => {
  const clock = new ManualClock();
  const world = await World.start(clock);
  const fail = (name: string) => {
    const [job] = world.submit([name], 'preparing');
    const error = { code: 'encode_failed', class: 'user' as const, message: `${name}: depth is broken.` };
    world.queue.move(must(job), { event: 'failed', patch: { error } });
  };
  fail('long ago');
  clock.advance(25 * HOUR);
  fail('x');
  fail('y');
  const { run, jobs } = world.run(world.submit(['good']));
  clock.advance(60_000);
  const collecting = must(world.queue.move(must(jobs[0]), { event: 'finished' }));
  world.queue.move(collecting, { event: 'collected' });
  world.runs.ended(run.id, 0);
  world.results.put(result(collecting.id, '/v.mp4', { frames: 48 }));
  const report = await (await connect(world)).call('report.get', {});
  expect(report).toEqual({
    since: new Date(clock.now() - 24 * HOUR).toISOString(),
    jobs: { failed: 2, succeeded: 1 },
    successRate: 1 / 3,
    medianSeconds: 60,
    busySeconds: 60,
    failures: [{ code: 'encode_failed', count: 2, example: 'y: depth is broken.' }],
    byEngine: { preview: { jobs: 1, frames: 48, seconds: 60 } },
  });
});

test('a report of nothing has no rate', async () => {
  const report = await (await connect(await World.start())).call('report.get', {});
  expect(report).toMatchObject({ successRate: null, medianSeconds: null, busySeconds: 0, failures: [] });
});
