import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { tempDir } from '../../support/tmp.js';
import { clip, must, result } from './parts.js';
import { connect, World } from './world.js';

test('status counts jobs, clips and events', async () => {
  const world = await World.start();
  world.clips.push(clip('city'));
  world.submit(['a', 'b']);
  const status = await (await connect(world)).call('daemon.status', {});
  expect(status).toMatchObject({ jobs: { queued: 2 }, clips: 1, seq: world.journal.seq, url: world.discovery.url });
});

test('stop is answered before the daemon stops', async () => {
  const world = await World.start();
  const client = await connect(world);
  expect(await client.call('daemon.stop', {})).toEqual({});
  await vi.waitFor(() => expect(world.stops).toBe(1));
});

test('submitting twice with one key gives the same jobs', async () => {
  const client = await connect(await World.start());
  const submit = () => client.call('job.submit', { targets: ['city'], idempotencyKey: 'k' });
  expect((await submit()).jobs).toEqual((await submit()).jobs);
});

test('a live job carries the progress of its run', async () => {
  const world = await World.start();
  const job = must(world.run(world.submit(['a'])).jobs[0]);
  world.progress.report(job.id, 'frame 12/48', 0.25);
  const client = await connect(world);
  expect((await client.call('job.get', { id: job.id })).job.progress).toBe(0.25);
  expect((await client.call('job.list', {})).jobs[0]?.progress).toBe(0.25);
});

test('a queued job says what it waits for, unless it has a reason of its own', async () => {
  const world = await World.start();
  const [job] = world.submit(['a']);
  const client = await connect(world);
  expect((await client.call('job.get', { id: must(job).id })).job.reason).toBe('');
  world.waiting = new Map([[must(job).id, 'Waits for a free slot.']]);
  expect((await client.call('job.list', {})).jobs[0]?.reason).toBe('Waits for a free slot.');
});

test('cancel ends a waiting job and stops a live one', async () => {
  const world = await World.start();
  const [waiting, other] = world.submit(['waiting', 'live']);
  const live = must(world.run([must(other)]).jobs[0]);
  const client = await connect(world);
  const { jobs } = await client.call('job.cancel', { ids: [must(waiting).id, live.id] });
  expect(jobs.map(({ state, stopReason }) => [state, stopReason])).toEqual([
    ['cancelled', null],
    ['stopping', 'cancel'],
  ]);
  const again = await client.call('job.cancel', { ids: [live.id] });
  expect(again.jobs[0]?.state).toBe('stopping');
});

test('a bulk act does nothing unless every job can, and says per job what is wrong', async () => {
  const world = await World.start();
  const [good, ended] = world.submit(['good', 'ended']);
  world.queue.cancel([must(ended).id]);
  const client = await connect(world);
  const error = await client.failure('job.cancel', { ids: [must(good).id, must(ended).id, 'job-nobody'] });
  expect(error.data).toMatchObject({
    code: 'wrong_state',
    jobs: [
      {
        id: must(ended).id,
        code: 'wrong_state',
        message: 'ended cannot be cancelled: it has already ended (cancelled).',
      },
      { id: 'job-nobody', code: 'not_found' },
    ],
  });
  expect(error.message).toMatch(/^Nothing was done, because 2 of 3 jobs cannot: /);
  expect(world.queue.get(must(good).id)?.state).toBe('queued');
});

test('retry, release and reordering say why they cannot', async () => {
  const world = await World.start();
  const [queued, other] = world.submit(['queued', 'other']);
  const live = must(world.run([must(other)]).jobs[0]);
  const client = await connect(world);
  const id = must(queued).id;
  const sentences = [
    await client.failure('job.retry', { ids: [id] }),
    await client.failure('job.release', { ids: [id] }),
    await client.failure('job.move', { id: live.id, before: null }),
    await client.failure('job.setPriority', { ids: [live.id], priority: 1 }),
  ];
  expect(sentences.map(({ data }) => data.code)).toEqual(Array(4).fill('wrong_state'));
  expect(sentences.map(({ message }) => message)).toEqual([
    'queued cannot be retried, it is queued: it has not ended.',
    'queued is not held but queued: there is nothing to release.',
    'other has already started (running): its place in the queue cannot change.',
    'other has already started (running): its place in the queue cannot change.',
  ]);
});

test('retry, priority and move act', async () => {
  const world = await World.start();
  const [a, b] = world.submit(['a', 'b']).map(({ id }) => id);
  const client = await connect(world);
  expect((await client.call('job.setPriority', { ids: [must(a)], priority: 5 })).jobs[0]?.priority).toBe(5);
  await client.call('job.move', { id: must(b), before: null });
  expect(world.queue.candidates(['preview'], 1).map(({ id }) => id)).toEqual([b]);
  await client.call('job.cancel', { ids: [must(a)] });
  expect((await client.call('job.retry', { ids: [must(a)] })).jobs[0]?.state).toBe('preparing');
});

test('an unknown job is answered with ids like it, or of that name', async () => {
  const world = await World.start();
  const job = must(world.submit(['city'])[0]);
  const client = await connect(world);
  expect((await client.failure('job.get', { id: `${job.id}x` })).data.near).toEqual([job.id]);
  const named = await client.failure('job.get', { id: 'city' });
  expect(named.message).toBe(`There is no job "city". Did you mean ${job.id}?`);
});

test('job.get shows the spec once there is one, and the result', async () => {
  const world = await World.start();
  const job = must(world.submit(['city'])[0]);
  const client = await connect(world);
  expect(await client.call('job.get', { id: job.id })).toMatchObject({ spec: null, result: null, attempts: [] });
  world.results.put(result(job.id, '/renders/city_preview.mp4'));
  expect((await client.call('job.get', { id: job.id })).result?.video).toBe('/renders/city_preview.mp4');
  expect((await client.call('result.mark', { job: job.id, mark: 'star' })).result.mark).toBe('star');
});

test('a missing result names the state of its job', async () => {
  const world = await World.start();
  const job = must(world.submit(['city'])[0]);
  const error = await (await connect(world)).failure('result.media', { job: job.id });
  expect(error.message).toBe('city has no result: the job is queued.');
});

test('spec.check reads absolute paths only', async () => {
  const client = await connect(await World.start());
  expect((await client.failure('spec.check', { file: 'a.json' })).data.code).toBe('invalid_params');
  const missing = path.join(tempDir(), 'a.json');
  expect((await client.failure('spec.check', { file: missing })).message).toBe(`The spec ${missing} does not exist.`);
  expect((await client.call('spec.check', { file: 'untitled', text: '{}' })).report.file).toBe('untitled');
});

test('spec.save writes beside the clip: in its folder, beside its movie, or where one is already', async () => {
  const world = await World.start();
  const folder = tempDir();
  const own = path.join(folder, 'mine.json');
  world.clips.push(
    clip('tree', { path: folder }),
    clip('flat', { path: path.join(folder, 'flat.mp4') }),
    clip('hand', { path: folder, specFile: own }),
  );
  const client = await connect(world);
  const save = async (name: string) =>
    (await client.call('spec.save', { clip: name, text: `{"name":"${name}"}` })).path;
  expect(await save('tree')).toBe(path.join(folder, 'tree.cosmos.json'));
  expect(await save('flat')).toBe(path.join(folder, 'flat.cosmos.json'));
  expect(await save('hand')).toBe(own);
  expect(readFileSync(own, 'utf8')).toBe('{"name":"hand"}');
});

test('an estimate is of a target, or of assumed frames', async () => {
  const client = await connect(await World.start());
  expect((await client.call('estimate.get', { target: 'city' })).estimate.frames).toBe(93);
  const assumed = { engine: 'transfer2.5', frames: 121 } as const;
  expect((await client.call('estimate.get', assumed)).estimate).toMatchObject({ frames: 121, gpu: 'H100 PCIe' });
  const moved = await client.call('estimate.get', { target: 'city', gpu: 'L40S' });
  expect(moved.estimate).toMatchObject({ frames: 93, gpu: 'L40S' });
  expect((await client.failure('estimate.get', { frames: 121 })).message).toBe(
    'An estimate needs a clip or spec (target), or engine and frames.',
  );
});

test('clips, watches, hosts, runs and the queue answer by the table', async () => {
  const world = await World.start();
  world.clips.push(clip('city'));
  const { run } = world.run(world.submit(['a']));
  const client = await connect(world);
  expect((await client.call('clip.list', {})).clips).toHaveLength(1);
  expect((await client.call('clip.get', { clip: 'city' })).clip.id).toBe('clip-city');
  expect((await client.call('clip.register', { path: '/renders/city' })).clip.name).toBe('city');
  expect((await client.call('watch.add', { path: '/renders' })).watch.path).toBe('/renders');
  expect((await client.call('watch.setAutoSend', { path: '/renders', autoSend: true })).watch.autoSend).toBe(true);
  expect(await client.call('watch.remove', { path: '/renders' })).toEqual({});
  expect(await client.call('watch.list', {})).toEqual({ watches: [] });
  expect(await client.call('host.list', {})).toEqual({ hosts: [] });
  expect((await client.call('config.get', {})).presets).toEqual(['night']);
  const preset = { name: 'new', values: { seed: 2 } };
  expect(await client.call('preset.save', preset)).toEqual({ preset, file: '/cosmos.toml', replaced: false });
  for (const name of ['', 'a\nb', '__proto__']) {
    expect((await client.failure('preset.save', { ...preset, name })).data.code).toBe('invalid_params');
  }
  expect((await client.call('run.get', { id: run.id })).attempts).toHaveLength(1);
  expect((await client.failure('run.get', { id: `${run.id}x` })).data.near).toEqual([run.id]);
  expect(await client.call('queue.pause', { reason: 'lunch' })).toEqual({ paused: true, reason: 'lunch' });
  expect((await client.call('queue.resume', {})).paused).toBe(false);
});

test('what a form shows of a job and its clip', async () => {
  const world = await World.start();
  world.clips.push(clip('city'));
  const [job] = world.submit(['a']);
  const client = await connect(world);
  const compiled = await client.call('job.compile', { id: must(job).id, options: { set: { num_steps: 12 } } });
  expect(JSON.parse(compiled.text)).toEqual({ name: 'a', num_steps: 12 });
  expect(await client.call('clip.thumbnails', { clip: 'city' })).toEqual({
    pictures: { color: 'data:image/jpeg;base64,city' },
  });
});
