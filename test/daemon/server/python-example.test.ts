/** docs/examples/follow.py against this server: the protocol as a stranger in another language meets it. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { Event, Job } from '../../../schemas/index.js';
import { runPython } from '../../support/python.js';
import { must } from './parts.js';
import { World } from './world.js';

const script = fileURLToPath(new URL('../../../docs/examples/follow.py', import.meta.url));
const LOG = 'frame 1/2 🎬\rframe 2/2\ndone\n';

beforeAll(() => runPython(['-c', 'pass'])); // the first time, packages are installed

/** Plays the runner: takes every new job through its run, saying {@link LOG} on the way. */
function perform(world: World, end: (job: Job) => void): void {
  world.journal.onEvent((event: Event) => {
    if (event.kind !== 'job' || event.type !== 'created') return;
    setImmediate(() => void play(world, event.data, end));
  });
}

async function play(world: World, created: Job, end: (job: Job) => void): Promise<void> {
  const { run, jobs } = world.run([must(world.queue.move(created, { event: 'prepared' }))]);
  for (const character of LOG) await world.say(run.id, character);
  world.logs.end(run.id);
  end(must(world.queue.move(must(jobs[0]), { event: 'finished' })));
}

test('follow.py submits, shows the log byte for byte and prints the result', async () => {
  const world = await World.start();
  const output = path.join(world.stateDir.root, 'city_preview.mp4');
  perform(world, (job) => world.queue.move(job, { event: 'collected', patch: { output } }));
  const { exitCode, stdout, stderr } = await runPython([script, '--state-dir', world.stateDir.root, 'city']);
  expect({ exitCode, stdout: stdout.trim(), stderr }).toEqual({ exitCode: 0, stdout: output, stderr: LOG });
});

test('follow.py exits 1 with the reason of a job that failed', async () => {
  const world = await World.start();
  perform(world, (job) => world.queue.move(job, { event: 'failed', patch: { reason: 'The output is one colour.' } }));
  const { exitCode, stdout } = await runPython([script, '--state-dir', world.stateDir.root, 'city']);
  expect([exitCode, stdout.trim()]).toEqual([1, 'The output is one colour.']);
});

test('follow.py shows the sentence of an error', async () => {
  const world = await World.start();
  world.queue.submit = () => {
    throw new Error('boom');
  };
  const { exitCode, stderr } = await runPython([script, '--state-dir', world.stateDir.root, 'city']);
  expect([exitCode, stderr.trim()]).toEqual([1, 'Something went wrong inside the daemon; its log has the details.']);
});
