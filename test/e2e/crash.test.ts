/**
 * kill -9 at each boundary of the way to a video, and of a stop: afterwards the job succeeds, ran once, and the journal
 * has no gap.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { DaemonClient } from '../../client/daemon-client.js';
import { hear } from '../../client/hear.js';
import type { Job, JobState } from '../../schemas/received.js';
import { DaemonProcess, type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';
import { seededShuffle } from '../support/random.js';

const TOML = `
[[watch]]
path = EXPORTS
settle = 0.2
`;

/** before = the effect is done and not recorded; after = it is recorded, and the step has not returned. */
const moments = ['before', 'after'] as const;
const happyPath = [
  'preparing.prepared',
  'queued.claimed',
  'staging.staged',
  'staged.started',
  'running.finished',
  'collecting.collected',
];
const stopPath = ['stopping.stopped'];

const SEED = 20_261_122;
const cells = (path: readonly string[]) => path.flatMap((move) => moments.map((moment) => `${move}.${moment}`));
/** spawned = the run is started on the host, and nobody has written down that it is. */
const happyCells = seededShuffle(SEED, [...cells(happyPath), 'staged.started.spawned']);

test.each(happyCells)('killed at %s: the job succeeds and ran once', async (cell) => {
  const space = workspace(TOML);
  const id = await submitAndCrash(space, cell);
  expect(readFileSync(path.join(space.stateDir, 'struck-at'), 'utf8')).toBe(cell);

  const client = await DaemonProcess.start(space).connect();
  const job = await ended(client, id);

  expect(job).toMatchObject({ state: 'succeeded', attempt: 1 });
  expect(existsSync(job.output ?? '')).toBe(true);
  expect(startsOf(space)).toBe(1);
  expect(videosOf(space)).toEqual(['street_preview.mp4']);
  await expectJournalWithoutGap(client);
});

test.each(seededShuffle(SEED, cells(stopPath)))(
  'killed at %s while cancelling: the job is cancelled and nothing of it runs on',
  async (cell) => {
    const space = workspace(TOML);
    writeClip(space, 400);
    const daemon = DaemonProcess.start(space, { at: cell, signal: 'SIGKILL' });
    const client = await daemon.connect();
    const id = await submitted(client);
    await reaches(client, id, 'running');
    await client.call('job.cancel', { ids: [id] }).catch(() => undefined); // its answer may die with the daemon
    await daemon.exited;
    expect(readFileSync(path.join(space.stateDir, 'struck-at'), 'utf8')).toBe(cell);

    const again = await DaemonProcess.start(space).connect();
    expect(await ended(again, id)).toMatchObject({ state: 'cancelled' });
    expect(videosOf(space)).toEqual([]);
    await expectJournalWithoutGap(again);
  },
);

async function submitAndCrash(space: Workspace, cell: string): Promise<string> {
  writeClip(space, 8);
  const daemon = DaemonProcess.start(space, { at: cell, signal: 'SIGKILL' });
  const id = await submitted(await daemon.connect());
  await daemon.exited;
  return id;
}

function writeClip(space: Workspace, last: number): void {
  writeSequences(path.join(space.exports, 'street'), { passes: ['color', 'depth'], last });
}

async function submitted(client: DaemonClient): Promise<string> {
  const { jobs } = await vi.waitFor(() => client.call('job.submit', { targets: ['street'], idempotencyKey: 'once' }), {
    interval: 50,
  });
  return jobs[0]?.id ?? '';
}

function ended(client: DaemonClient, id: string): Promise<Job> {
  return reaches(client, id, 'succeeded', 'failed', 'refused', 'cancelled');
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

/** How often a preview process began, over every run there is. */
function startsOf(space: Workspace): number {
  const runs = path.join(space.stateDir, 'runs');
  const logs = readdirSync(runs).map((run) => readFileSync(path.join(runs, run, 'log'), 'utf8'));
  return logs.join('').split('Processing sample').length - 1;
}

function videosOf(space: Workspace): string[] {
  return readdirSync(path.join(space.exports, 'street')).filter((name) => name.endsWith('.mp4'));
}

async function expectJournalWithoutGap(client: DaemonClient): Promise<void> {
  const seen: number[] = [];
  hear(client, 'event', (event) => seen.push(event.seq));
  const { seq } = await client.call('event.subscribe', { since: 0 });
  await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(seq));
  expect(seen.slice(0, seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
}
