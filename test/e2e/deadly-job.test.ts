/** A job at whose step the daemon died twice is held; until then, and then, the queue answers and can be cancelled. */
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { DaemonClient } from '../../client/daemon-client.js';
import type { Job, JobState } from '../../schemas/received.js';
import { DaemonProcess, type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';

const TOML = `
[[watch]]
path = EXPORTS
settle = 0.2
`;

test.each([
  ['preparing.prepared.before', 'preparing'],
  ['staged.started.before', 'starting'],
  ['collecting.collected.before', 'collecting the result of'],
])('killed twice at %s: held with the reason; released, it succeeds and ran once', async (at, doing) => {
  const space = workspace(TOML);
  const id = await submitAndDie(space, at);
  await dieAgain(space, at);

  const client = await DaemonProcess.start(space).connect();
  const { job } = await client.call('job.get', { id });
  expect(job).toMatchObject({ state: 'held', error: { code: 'daemon_died', data: { deaths: 2 } } });
  expect(job.reason).toContain(`The daemon died twice while it was ${doing} this job`);
  expect(job.reason).toContain(`cosmos job release ${id}`);

  await client.call('job.release', { ids: [id] });
  expect(await reaches(client, id, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded', error: null });
  const { attempts } = await client.call('job.get', { id });
  expect(attempts.map(({ outcome }) => outcome)).toEqual(['succeeded']);
});

test('a job held while it was started is cancelled: nothing of it runs on or keeps its slot', async () => {
  const space = workspace(TOML);
  const at = 'staged.started.before';
  const id = await submitAndDie(space, at);
  await dieAgain(space, at);
  const client = await DaemonProcess.start(space).connect();
  await client.call('job.cancel', { ids: [id] });
  await reaches(client, id, 'cancelled');
  const other = await submitted(client, 'again');
  expect(await reaches(client, other, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded' });
});

test('after one death the job can be cancelled before it kills the daemon again', async () => {
  const space = workspace(TOML);
  const at = 'preparing.prepared.before';
  const id = await submitAndDie(space, at);
  const daemon = DaemonProcess.start(space, { at, signal: 'SIGKILL' });
  const client = await daemon.connect();
  const { jobs } = await client.call('job.list', {});
  expect(jobs.map((job) => job.id)).toEqual([id]);
  await client.call('job.cancel', { ids: [id] });
  expect(await reaches(client, id, 'cancelled')).toMatchObject({ state: 'cancelled' });
});

test('only the job at work is held: what waits, runs and is prepared beside it goes on', async () => {
  const space = workspace(TOML);
  const first = DaemonProcess.start(space);
  const client = await first.connect();
  writeClip(space, 'street', 400);
  const running = await submitted(client);
  await reaches(client, running, 'running');
  await first.kill();

  writeClip(space, 'square', 8);
  const at = 'preparing.prepared.before';
  const second = DaemonProcess.start(space, { at, signal: 'SIGKILL' });
  const killer = await submitted(await second.connect(), 'killer', 'square');
  await second.struck();
  await dieAgain(space, at);

  const last = await DaemonProcess.start(space).connect();
  expect((await last.call('job.get', { id: killer })).job.state).toBe('held');
  expect((await last.call('job.get', { id: running })).job.state).not.toBe('held');
  await last.call('job.cancel', { ids: [running] }).catch(() => undefined); // it may have succeeded by now
  await reaches(last, running, 'cancelled', 'succeeded');
});

test("a daemon that is stopped in order is nobody's doing", async () => {
  const space = workspace(TOML);
  writeClip(space, 'street', 300);
  let id = '';
  for (let start = 0; start < 3; start++) {
    const daemon = DaemonProcess.start(space);
    const client = await daemon.connect();
    id = await submitted(client);
    await vi.waitFor(async () => {
      const { job } = await client.call('job.get', { id });
      expect(job.state === 'preparing' ? job.progress : 1).toBeGreaterThan(0);
    });
    await daemon.stop();
  }
  const client = await DaemonProcess.start(space).connect();
  expect((await client.call('job.get', { id })).job.state).not.toBe('held');
});

async function submitAndDie(space: Workspace, at: string): Promise<string> {
  writeClip(space, 'street', 8);
  const daemon = DaemonProcess.start(space, { at, signal: 'SIGKILL' });
  const id = await submitted(await daemon.connect());
  await daemon.exited;
  return id;
}

async function dieAgain(space: Workspace, at: string): Promise<void> {
  await DaemonProcess.start(space, { at, signal: 'SIGKILL' }).exited;
}

function writeClip(space: Workspace, name: string, last: number): void {
  writeSequences(path.join(space.exports, name), { passes: ['color', 'depth'], last });
}

async function submitted(client: DaemonClient, idempotencyKey = 'once', clip = 'street'): Promise<string> {
  const { jobs } = await vi.waitFor(() => client.call('job.submit', { targets: [clip], idempotencyKey }), {
    interval: 50,
  });
  return jobs[0]?.id ?? '';
}

function reaches(client: DaemonClient, id: string, ...states: JobState[]): Promise<Job> {
  return vi.waitFor(
    async () => {
      const { job } = await client.call('job.get', { id });
      if (!states.includes(job.state)) throw new Error(`${job.state}: ${job.reason}`);
      return job;
    },
    { interval: 50 },
  );
}
