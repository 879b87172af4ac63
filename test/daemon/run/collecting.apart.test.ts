/** A fetch that is cut, and what becomes of its part: it stays for who goes on, and goes with everybody else. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import { CosmosError } from '../../../daemon/errors.js';
import { giveUp } from '../../../daemon/fleet/forget.js';
import type { CollectedFile, Host } from '../../../daemon/host/host.js';
import type { LocalHost } from '../../../daemon/host/local/local.js';
import { findMediaTools, type MediaTools } from '../../../daemon/media/tools.js';
import type { Job } from '../../../schemas/index.js';
import { World } from '../../support/run-world.js';

let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

/** Its first fetch leaves parts and does not end before it is told to; `then` says what the later ones do. */
async function cutWorld(then: (local: LocalHost) => Host['collect'] = (local) => local.collect.bind(local)) {
  let fetches = 0;
  const host = (local: LocalHost): Host =>
    Object.assign(Object.create(local), {
      async collect(run: string, files: readonly CollectedFile[], signal: AbortSignal): Promise<void> {
        fetches++;
        if (fetches > 1) return then(local)(run, files, signal);
        for (const { to } of files) {
          mkdirSync(path.dirname(to), { recursive: true });
          writeFileSync(`${to}.part`, 'half of it');
        }
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    }) as Host;
  const world = await World.create({ tools, host });
  const daemon = world.open().start();
  const { id } = daemon.submit();
  const parts = () => partsOf(world, daemon.queue.need(id), id);
  await vi.waitFor(() => expect(parts()).toEqual(['street.mp4.part']));
  return { world, daemon, id, parts };
}

function partsOf(world: World, { run }: Job, id: string): string[] {
  const runs = path.dirname(world.stateDir.run(run ?? 'any'));
  return readdirSync(runs)
    .map((name) => path.join(runs, name, 'results', id))
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.endsWith('.part'));
}

const gone = (parts: () => string[]) => vi.waitFor(() => expect(parts()).toEqual([]));

test('at a cancel it goes, with all that was fetched', async () => {
  const { daemon, id, parts, world } = await cutWorld();
  const { run } = daemon.queue.need(id);
  daemon.queue.cancel([id]);
  await daemon.reaches(id, 'cancelled');
  await gone(parts);
  await vi.waitFor(() => expect(existsSync(path.join(world.stateDir.run(run ?? ''), 'results', id))).toBe(false));
});

test('when the host is forgotten it goes', async () => {
  const { daemon, id, parts } = await cutWorld();
  daemon.queue.pause('nothing starts again');
  giveUp('local', { ...daemon, results: daemon.results });
  daemon.runner.interrupt([id]);
  await daemon.reaches(id, 'queued');
  await gone(parts);
});

test('when the daemon stops it stays, and the next one goes on with it', async () => {
  const { world, daemon, id, parts } = await cutWorld();
  await daemon.runner.close();
  expect(parts()).toEqual(['street.mp4.part']);
  const next = world.open().start();
  expect(parts()).toEqual(['street.mp4.part']); // nobody has swept it away
  await next.reaches(id, 'succeeded');
  await gone(() => partsOf(world, next.queue.need(id), id));
});

test('when the daemon died and the job was given up meanwhile, the next one removes it', async () => {
  const { world, daemon, id, parts } = await cutWorld();
  await daemon.runner.close();
  daemon.queue.pause('nothing starts again');
  giveUp('local', { ...daemon, results: daemon.results });
  expect(parts()).toEqual(['street.mp4.part']);
  world.open().start();
  expect(parts()).toEqual([]);
  expect(daemon.queue.need(id).state).toBe('queued');
});

test('when the host then offers too much the job fails at once, is not run again, and nothing is left', async () => {
  const tooMuch = () => async () => {
    throw new CosmosError('too_much_from_host', 'The host offers 2 TB as the video.');
  };
  const { world, daemon, id, parts } = await cutWorld(tooMuch);
  await daemon.runner.close();
  const next = world.open().start();
  const job = await next.reaches(id, 'failed', 'succeeded', 'queued');
  expect(job).toMatchObject({ state: 'failed', attempt: 1, reason: 'The host offers 2 TB as the video.' });
  expect(job.error).toMatchObject({ code: 'too_much_from_host', class: 'host' });
  await gone(parts);
  expect(world.starts()).toHaveLength(1);
});
