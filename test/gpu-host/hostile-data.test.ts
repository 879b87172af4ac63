/** What people type and how they call their files is data on the host, byte for byte, and never a command. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { StateDir } from '../../daemon/state-dir.js';
import type { Job } from '../../schemas/received.js';
import { CANARY, hostileProse, hostileText, SONG } from '../support/hostile.js';
import { seededRandom } from '../support/random.js';
import { must } from './execute.js';
import { hostOfFile } from './hosts.js';
import { RemoteWorld } from './remote-world.js';
import { simImage } from './sim/image.js';
import { type SimLine, simLinesIn } from './sim/sim-lines.js';

const host = await hostOfFile({ images: [await simImage()] });

const SEED = 20_261_122;
const ROUNDS = 6;

/** Paths of the configuration that reach the host; a line break is the one thing that Docker cannot mount. */
const FOLDER = `-rf $(touch ${CANARY}) \`touch ${CANARY}\` '"; touch ${CANARY}; é 雨 \\n,=:`;

interface Sent {
  readonly prompt: string;
  readonly negative: string;
}

test('clips and specs with hostile names, prompts and folders arrive as they are', async () => {
  const world = await RemoteWorld.on(host, { folder: FOLDER });
  const random = seededRandom(SEED);
  const sent = new Map<string, Sent>();
  for (let round = 0; round < ROUNDS; round++) {
    const texts = { prompt: hostileProse(random), negative: hostileProse(random) };
    sent.set(await submitClip(world, `${hostileText(random)}${round}`, texts), texts);
    sent.set(await submitSpec(world, `${round}${hostileText(random)}`, texts), texts);
  }
  for (const [id, texts] of sent) expectAsSent(world, await world.ended(id), texts);
  await expectNothingExecuted(world);
});

async function submitClip(world: RemoteWorld, name: string, { prompt, negative }: Sent): Promise<string> {
  world.writeClip({ last: 2 }, name);
  const target = path.join(world.space.exports, name);
  return world.submit(target, { prompt, set: { negative_prompt: negative } });
}

/** By hand, beside movies whose names, endings too, are no better than its own. */
async function submitSpec(world: RemoteWorld, name: string, { prompt, negative }: Sent): Promise<string> {
  const folder = path.join(world.space.folder, 'specs', name);
  mkdirSync(folder, { recursive: true });
  const [video, depth] = [`${name}.mp4`, `-${name} depth.mp4`];
  for (const [file, source] of [
    [video, 'testsrc2'],
    [depth, 'mandelbrot'],
  ] as const)
    await movie(path.join(folder, file), source);
  const spec = { name, prompt, negative_prompt: negative, video_path: video, depth: { control_path: depth } };
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(spec));
  return world.submit(file, { prompt: undefined });
}

function movie(file: string, source: string): Promise<string> {
  const made = ['-f', 'lavfi', '-i', `${source}=size=64x48:rate=24`, '-frames:v', '2', '-pix_fmt', 'yuv420p'];
  return must(['ffmpeg', '-v', 'error', ...made, '-f', 'mp4', `file:${file}`]);
}

/** By the container's own words. */
function expectAsSent(world: RemoteWorld, job: Job, { prompt, negative }: Sent): void {
  expect(job, job.reason).toMatchObject({ state: 'succeeded', attempt: 1 });
  expect(existsSync(job.output ?? '')).toBe(true);
  const log = world.daemonLog(job.run ?? '').toString();
  expect(log).not.toContain(SONG);
  const told = simLinesIn(log);
  const run = path.join(world.root, 'runs', job.run ?? '');
  const spec = path.join(run, 'specs', job.id, `${job.settings.name}.json`);
  expect(of(told, 'process')).toMatchObject([
    { argv: ['examples/inference.py', '-i', spec, '-o', path.join(run, 'out')] },
  ]);
  expect(of(told, 'sample')).toMatchObject([
    { sample: { name: job.settings.name, prompt, negative_prompt: negative } },
  ]);
  const inputs = of(told, 'input');
  expect(inputs.map(({ path: file }) => path.dirname(file))).toEqual(
    inputs.map(() => path.join(path.dirname(spec), 'inputs')),
  );
  expect(inputs.length).toBe(2);
  const local = new StateDir(world.space.stateDir);
  for (const { sha256, bytes } of inputs) expect(readFileSync(local.cas(sha256)).length).toBe(bytes);
}

function of<Kind extends SimLine['told']>(told: readonly SimLine[], kind: Kind): Extract<SimLine, { told: Kind }>[] {
  return told.filter((one): one is Extract<SimLine, { told: Kind }> => one.told === kind);
}

async function expectNothingExecuted({ space }: RemoteWorld): Promise<void> {
  const found = await host.sh(
    'find /tmp /var/tmp /run "$1" -xdev -name "$2"; find / -maxdepth 1 -name "$2"',
    host.home,
    CANARY,
  );
  expect(found.stdout).toBe('');
  expect(await must(['find', space.folder, process.cwd(), '-maxdepth', '4', '-name', CANARY])).toBe('');
}
