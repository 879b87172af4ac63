/** The main job where it is meant to run: a real daemon, a real sshd, a real Docker engine; only the model is simulated. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Host, Job, Result } from '../../schemas/index.js';
import { hostOfFile } from './hosts.js';
import { RemoteWorld } from './remote-world.js';
import { simImage } from './sim/image.js';

const host = await hostOfFile({ images: [await simImage()] });

test.each(['transfer2.5', 'cosmos3'] as const)('%s: from an export folder to a verified video', async (engine) => {
  const world = await RemoteWorld.on(host, { engine });
  world.writeClip({ passes: ['color', 'depth', 'seg', 'edge'] });
  await world.awaitClip();

  const choices = ['--engine', engine, '--prompt', 'a street in rain'];
  const submitted = await world.cosmos('submit', world.clip, ...choices, '--wait');
  const job = Job.parse(submitted.json);
  expect(job, submitted.stderr).toMatchObject({ state: 'succeeded', engine, host: 'gpu1', attempt: 1, error: null });
  expect(existsSync(job.output ?? '')).toBe(true);

  const [result] = Result.array().parse((await world.cosmos('result', 'ls')).json);
  expect(result).toMatchObject({ job: job.id, frames: 8, fps: 24, preview: false });
  const provenance = readFileSync(String(job.output).replace(/\.mp4$/, '.json'), 'utf8');
  expect(provenance).toContain('a street in rain');

  const hosts = Host.array().parse((await world.cosmos('host', 'ls')).json);
  expect(hosts.find(({ id }) => id === 'gpu1')).toMatchObject({ kind: 'ssh', state: 'online', gpu: 'H100 PCIe' });
  const left = await host.docker('ps', '--quiet', '--filter', 'name=cosmos-');
  expect(left.stdout).toBe('');
  const runs = async () => (await host.sh('ls "$1"', `${host.root}/runs`)).stdout;
  await expect.poll(runs).toBe('');
});
