/** What must be true after every fault, whatever it was. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, vi } from 'vitest';
import { hear } from '../../../client/hear.js';
import type { Job } from '../../../schemas/received.js';
import { until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import { simLinesIn } from '../sim/sim-lines.js';
import type { Cell } from './cell.js';

/** The job is where it should be, by no more work than the fault cost, and nothing of it is left on the host. */
export async function expectAftermath(
  world: RemoteWorld,
  id: string,
  cell: Pick<Cell, 'starts' | 'attempts' | 'end'>,
): Promise<void> {
  const { starts, attempts, end = 'succeeded' } = cell;
  const job = await world.ended(id);
  expect(job, job.reason).toMatchObject({ state: end, attempt: attempts, error: null });
  expect(modelStarts(world)).toBe(starts);
  if (end === 'succeeded') await expectOneVideo(world, job);
  else await expectNoVideo(world, job);
  expectSameLog(world, job.run ?? '', end);
  await expectNoSlotHeld(world, attempts);
  await expectJournalWithoutGap(world);
  await expectNoRunOnHost(world);
  await world.stop();
  await expectNothingLeft(world);
}

async function expectOneVideo(world: RemoteWorld, { id, output }: Job): Promise<void> {
  expect(existsSync(output ?? '')).toBe(true);
  expect(videosOf(world)).toEqual([path.basename(output ?? '')]);
  expect(await resultsOf(world)).toEqual([id]);
  expect(savedSamples(world), 'a finished sample was generated again').toBe(1);
}

async function expectNoVideo(world: RemoteWorld, { output }: Job): Promise<void> {
  expect(output).toBeNull();
  expect(videosOf(world)).toEqual([]);
  expect(await resultsOf(world)).toEqual([]);
}

/**
 * The daemon's copy has every byte of the host's log once and in order; of a run that was cancelled, whose host may not
 * answer in its last moment, as far as it goes.
 */
function expectSameLog(world: RemoteWorld, run: string, end: 'succeeded' | 'cancelled'): void {
  const [ours, theirs] = [world.daemonLog(run), world.witness.log(run)];
  expect(theirs.length).toBeGreaterThan(0);
  const known = end === 'succeeded' ? theirs : theirs.subarray(0, ours.length);
  expect(ours.equals(known), `${ours.length} bytes here, ${theirs.length} on the host`).toBe(true);
}

/** As many runs as attempts, and every one of them is known to be over. */
async function expectNoSlotHeld(world: RemoteWorld, attempts: number): Promise<void> {
  const { runs } = await (await world.connection()).call('run.list', {});
  expect(runs.map(({ state }) => state)).toEqual(Array.from({ length: attempts }, () => 'ended'));
  expect((await world.hostLine()).slots.map(({ run }) => run)).toEqual([null]);
}

async function expectJournalWithoutGap(world: RemoteWorld): Promise<void> {
  const client = await world.connection();
  const seen: number[] = [];
  hear(client, 'event', (event) => seen.push(event.seq));
  const { seq } = await client.call('event.subscribe', { since: 0 });
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(seq));
  expect(seen.slice(0, seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
}

/** No container, not even one that has ended, and no folder of a run: what a job needed there goes when it has ended. */
async function expectNoRunOnHost({ host, root }: RemoteWorld): Promise<void> {
  let left: string[] = [];
  const isClean = async () => {
    const containers = (await host.docker('ps', '--all', '--format', '{{.Names}} {{.Status}}')).stdout.trim();
    left = [...containers.split('\n').filter((line) => line !== ''), ...readdirSync(path.join(root, 'runs'))];
    return left.length === 0;
  };
  await until('nothing of a run is left on the host', isClean).catch(() => expect(left).toEqual([]));
}

/** No process of the user's, no lease. To be called when the daemon has ended. */
async function expectNothingLeft({ host }: RemoteWorld): Promise<void> {
  // sshd takes a moment to end the sessions of a client that has gone.
  let processes = '';
  const isQuiet = async () => {
    processes = (await host.sh('ps -o pid=,args= -u "$1"', host.user)).stdout.trim();
    return processes === '';
  };
  await until('no process of the user is left', isQuiet).catch(() => expect(processes).toBe(''));
  expect((await host.sh('ls /var/tmp/cosmos-bridge/leases')).stdout).toBe('');
}

function videosOf({ space }: RemoteWorld): string[] {
  const names = readdirSync(space.exports, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.mp4')).map((name) => path.basename(name));
}

/** Over all runs there are: how often the program began. */
function modelStarts(world: RemoteWorld): number {
  return logs(world).flatMap((log) => simLinesIn(log).filter(({ told }) => told === 'process')).length;
}

function savedSamples(world: RemoteWorld): number {
  return logs(world).flatMap((log) => log.match(/Generated video saved to/g) ?? []).length;
}

function logs(world: RemoteWorld): string[] {
  return world.witness.runs().map((run) => world.witness.log(run).toString());
}

async function resultsOf(world: RemoteWorld): Promise<string[]> {
  const { results } = await (await world.connection()).call('result.list', {});
  return results.map(({ job }) => job);
}
