import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Adoption } from '../../../daemon/fleet/adopt.js';
import type { FoundRun, RunRecord } from '../../../daemon/host/ssh/run-record.js';
import { findMediaTools, type MediaTools } from '../../../daemon/media/tools.js';
import { aboutRun } from '../../../daemon/run/about.js';
import type { Job, JobState } from '../../../schemas/index.js';
import { type Behaviour, type Daemon, World } from '../../support/run-world.js';

const ME = 'me@oldbox';

let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

/** A machine that is gone when its job is so far, and another one that sees the same host and has nothing. */
async function moved(behaviour: Behaviour = {}, until: readonly JobState[] = ['succeeded', 'failed']) {
  const old = await World.create({ tools });
  const before = old.open().start();
  const job = await before.reaches(before.submit(behaviour).id, ...until);
  await before.runner.close();
  const run = job.run ?? '';
  const about = { ...aboutRun(run, before.deps) };
  const record: RunRecord = { version: 1, run, owner: ME, argv: [], container: null, about };
  const found: FoundRun = { run, record, endedAt: '2026-11-22T00:00:00.000Z' };
  const world = await World.create({ tools, host: () => old.local });
  const daemon = world.open();
  return { old, before, job, run, found, world, daemon };
}

function adopt({ deps, adoptions }: Daemon, found: readonly FoundRun[], owner?: string) {
  const [offer] = deps.offers.list();
  if (offer === undefined) throw new Error('the test has no host');
  return new Adoption({ ...offer, owner: ME, records: async () => [...found] }, { ...deps, adoptions }).all(owner);
}

function outputOf({ output }: Pick<Job, 'output'>): Buffer {
  return readFileSync(output ?? '');
}

test('a finished run becomes a job whose output is fetched and verified; once, and only for its owner', async () => {
  const { before, job, run, found, daemon, world } = await moved();
  const foreign = { run, owner: ME, state: 'foreign', jobs: [], reason: `It is of ${ME}; --owner ${ME} adopts it.` };
  expect(await adopt(daemon, [found], 'ann@studio')).toEqual([foreign]);
  expect(existsSync(world.stateDir.run(run))).toBe(false);
  expect(await adopt(daemon, [found])).toMatchObject([
    { run, owner: ME, state: 'adopted', jobs: [{ id: job.id, state: 'collecting', run, attempt: 1, host: 'local' }] },
  ]);
  expect(await adopt(daemon, [found], ME)).toMatchObject([{ run, state: 'known', jobs: [] }]);
  daemon.start();
  const done = await daemon.reaches(job.id, 'succeeded', 'failed', 'queued');
  expect(done).toMatchObject({ state: 'succeeded', settings: job.settings, attempt: 1 });
  expect(outputOf(done).equals(outputOf(job))).toBe(true);
  expect(daemon.runs.get(run)).toMatchObject({ state: 'ended', exitCode: 0, endedAt: found.endedAt });
  expect(daemon.deps.logs.size(run)).toBe(before.deps.logs.size(run));
  expect(await adopt(daemon, [found])).toMatchObject([{ state: 'known' }]);
});

test('a run that goes on is followed here, from its first byte, and not started again', async () => {
  const { old, job, run, found, daemon } = await moved({ frameMs: 300 }, ['running']);
  expect(await adopt(daemon, [found])).toMatchObject([{ state: 'adopted', jobs: [{ id: job.id, state: 'running' }] }]);
  expect(daemon.runs.get(run)).toMatchObject({ state: 'open', endedAt: null });
  daemon.start();
  await daemon.reaches(job.id, 'succeeded', 'failed', 'queued');
  expect(daemon.queue.need(job.id)).toMatchObject({ state: 'succeeded', attempt: 1 });
  expect((await daemon.deps.logs.read(run, 0, 5)).toString()).toBe('begin');
  expect(old.starts()).toEqual(['street']);
});

test('a run without an output is entered as failed, and runs again only by a person', async () => {
  const { old, job, found, daemon } = await moved({ failWith: 'out of rain' });
  const [adopted] = await adopt(daemon, [found]);
  expect(adopted?.jobs).toMatchObject([{ id: job.id, state: 'failed', reason: 'out of rain' }]);
  expect(daemon.runs.attempts(job.id)).toMatchObject([{ number: 1, outcome: 'failed', error: 'out of rain' }]);
  daemon.start();
  expect(old.starts()).toEqual(['street']);
  expect(daemon.queue.live()).toEqual([]);
});

test('inputs that are not what was frozen, and records that say too little, are not believed', async () => {
  const { old, found, run, job, daemon } = await moved();
  const input = path.join(old.local.runFolder(run), 'specs', job.id, 'inputs', 'color.mp4');
  writeFileSync(input, 'something else');
  const [changed] = await adopt(daemon, [found]);
  expect(changed).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('is not what was sent there') });
  const silent = { ...found, record: { ...found.record, about: {} } } as FoundRun;
  expect(await adopt(daemon, [silent])).toMatchObject([{ state: 'unreadable' }]);
  expect(daemon.queue.list()).toEqual([]);
});
