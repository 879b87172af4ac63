/** What must be true after every fault, whatever it was. */
import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import type { Job } from '../../../schemas/index.js';
import { until } from '../execute.js';
import type { RemoteWorld } from '../remote-world.js';
import { toldIn } from '../sim/told.js';
import type { Cell } from './cell.js';

/** The job is done, by no more work than the fault cost; both logs are the same; nothing of it is left on the host. */
export async function expectDone(
  world: RemoteWorld,
  id: string,
  { starts, attempts }: Pick<Cell, 'starts' | 'attempts'>,
): Promise<Job> {
  const job = await world.ended(id);
  expect(job, job.reason).toMatchObject({ state: 'succeeded', attempt: attempts, error: null });
  expect(existsSync(job.output ?? '')).toBe(true);
  expect(await resultsOf(world)).toEqual([id]);
  expect(modelStarts(world)).toBe(starts);
  expect(savedSamples(world), 'a finished sample was generated again').toBe(1);
  expectSameLog(world, job.run ?? '');
  await world.stop();
  await expectNothingLeft(world);
  return job;
}

/** The daemon's copy has every byte of the host's log once and in order. */
export function expectSameLog(world: RemoteWorld, run: string): void {
  const [ours, theirs] = [world.daemonLog(run), world.witness.log(run)];
  expect(theirs.length).toBeGreaterThan(0);
  expect(ours.equals(theirs), `${ours.length} bytes here, ${theirs.length} on the host`).toBe(true);
}

/** No container that runs, no process of the user's, no lease. To be called when the daemon has ended. */
export async function expectNothingLeft({ host }: RemoteWorld): Promise<void> {
  const running = await host.docker('ps', '--format', '{{.Names}}');
  expect(running.stdout).toBe('');
  // sshd takes a moment to end the sessions of a client that has gone.
  let processes = '';
  const isQuiet = async () => {
    processes = (await host.sh('ps -o pid=,args= -u "$1"', host.user)).stdout.trim();
    return processes === '';
  };
  await until('no process of the user is left', isQuiet).catch(() => expect(processes).toBe(''));
  expect((await host.sh('ls /var/tmp/cosmos-bridge/leases')).stdout).toBe('');
}

/** Over all runs there are: how often the program began. */
function modelStarts(world: RemoteWorld): number {
  return logs(world).flatMap((log) => toldIn(log).filter(({ told }) => told === 'process')).length;
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
