/** A host is drained, forgotten while a job runs on it, and its runs are taken over by a machine that knows nothing. */
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { AdoptedRun, Job } from '../../schemas/index.js';
import { removeContainers } from '../support/containers.js';
import { until } from './execute.js';
import { hostOfFile } from './hosts.js';
import { RemoteWorld } from './remote-world.js';
import { simImage } from './sim/image.js';

const host = await hostOfFile({ images: [await simImage()] });
const containers = async () => (await host.docker('ps', '--quiet', '--filter', 'name=cosmos-')).stdout;

afterEach(async () => {
  await removeContainers(host);
  await host.sh('rm -rf /var/tmp/cosmos-bridge');
});

test('drained it finishes what it has, also over a restart; forgotten it gives its jobs back and keeps nothing of ours', async () => {
  const world = await RemoteWorld.on(host, { sim: { COSMOS_SIM_STEP_S: '0.1' } });
  world.writeClip();
  const first = await world.submit();
  await world.underWay(first);
  const drained = await world.cosmos('host', 'drain', 'gpu1', '--reason', 'new driver');
  expect(drained.json).toMatchObject({ state: 'draining', draining: expect.stringContaining('new driver') });
  const [second = ''] = (await (await world.connection()).call('job.clone', { ids: [first] })).jobs.map(({ id }) => id);
  await world.awaitJob(second, ({ state, reason }) => state === 'queued' && reason.startsWith('gpu1 drains'));

  await world.stop();
  expect(await world.ended(first)).toMatchObject({ state: 'succeeded', attempt: 1 });
  expect(await world.job(second)).toMatchObject({ state: 'queued', attempt: 0 });
  expect(await world.hostLine()).toMatchObject({ state: 'draining' });

  expect(await world.cosmos('host', 'resume', 'gpu1')).toMatchObject({ code: 0 });
  const run = await world.underWay(second);
  const lease = { run, owner: expect.stringContaining('@'), since: expect.any(String) };
  await until('the lease is seen', async () => (await world.hostLine()).slots[0]?.lease?.run === run);
  expect((await world.hostLine()).slots).toEqual([{ index: 0, run, lease }]);

  expect(await world.cosmos('host', 'forget', 'gpu1')).toMatchObject({ code: 2 }); // no user could confirm
  const forgotten = await world.cosmos('host', 'forget', 'gpu1', '--yes');
  expect(forgotten.json).toMatchObject({ host: 'gpu1', jobs: [{ id: second, state: 'queued' }], left: [] });
  expect(await containers()).toBe('');
  expect(readFileSync(world.space.config, 'utf8')).not.toContain('[[host');
  const { hosts } = await (await world.connection()).call('host.list', {});
  expect(hosts.map(({ id }) => id)).toEqual(['local']);
});

test('a machine that knows nothing takes a run over, and nothing of others', async () => {
  const old = await RemoteWorld.on(host, { folder: 'moved', sim: { COSMOS_SIM_STEP_S: '0.1' } });
  old.writeClip();
  const id = await old.submit();
  const run = await old.underWay(id);
  await old.crash();

  const world = await RemoteWorld.on(host, { folder: 'moved' });
  await world.connection(); // a command would start a daemon of its own beside one that is only starting
  const adopt = async (...owner: string[]) =>
    AdoptedRun.array().parse((await world.cosmos('host', 'adopt', 'gpu1', ...owner)).json);
  expect(await adopt('--owner', 'ann@studio')).toMatchObject([{ run, state: 'foreign', jobs: [] }]);
  expect(await adopt()).toMatchObject([
    {
      run,
      state: 'adopted',
      jobs: [{ id, state: expect.stringMatching(/^(?:running|collecting)$/), run, attempt: 1 }],
    },
  ]);
  expect((await adopt()).map(({ state }) => state)).not.toContain('adopted');
  const job = Job.parse(await world.ended(id));
  expect(job).toMatchObject({ state: 'succeeded', attempt: 1, error: null });
  const provenance = readFileSync(String(job.output).replace(/\.mp4$/, '.json'), 'utf8');
  expect(provenance).toContain('a street in rain');
  expect(old.witness.runs()).toEqual([run]); // it was never started again
});
