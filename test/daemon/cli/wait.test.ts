import { expect, test, vi } from 'vitest';
import type { DaemonClient } from '../../../client/daemon-client.js';
import { connectTo } from '../../../daemon/cli/client.js';
import { findDaemon } from '../../../daemon/cli/discovery.js';
import { JobWait, type Watcher } from '../../../daemon/cli/wait.js';
import { isEnded } from '../../../daemon/job/life.js';
import { StateDir } from '../../../daemon/state-dir.js';
import type { Job } from '../../../schemas/index.js';
import { FakeDaemon } from '../../support/fake-daemon.js';
import { sampleJob } from '../../support/samples.js';
import { tempDir } from '../../support/tmp.js';

const status = {
  pid: 1,
  version: '0',
  startId: 's',
  stateDir: '/state',
  startedAt: '2026-01-01T00:00:00.000Z',
  url: 'ws://x',
  queue: { paused: false, reason: '' },
  jobs: {},
  clips: 0,
  seq: 41,
};

/** A fake daemon that knows one job, and a wait for it. */
class Scene {
  readonly states: string[] = [];
  readonly notes: string[] = [];
  private job = sampleJob();

  private constructor(readonly stateDir: StateDir) {}

  static async start() {
    const scene = new Scene(new StateDir(tempDir()));
    const daemon = await FakeDaemon.start(scene.stateDir.root, {
      'daemon.status': () => status,
      'job.get': () => ({ job: scene.job, attempts: [], spec: null, result: null }),
    });
    return { scene, daemon };
  }

  /** The daemon's job moves on; `seq` = it also says so. */
  move(changes: Partial<Job>, told?: { daemon: FakeDaemon; seq: number }): void {
    this.job = { ...this.job, ...changes, fence: this.job.fence + 1 };
    const at = this.job.updatedAt;
    const event = { kind: 'job' as const, type: 'moved', id: this.job.id, at, data: this.job };
    if (told !== undefined) told.daemon.notify('event', { ...event, seq: told.seq });
  }

  wait() {
    const watcher: Watcher = {
      job: ({ state }) => this.states.push(state),
      progress: () => {},
      note: (text) => this.notes.push(text),
    };
    return new JobWait([this.job], { connect: () => this.connect(), watcher }).until(({ state }) => isEnded(state));
  }

  private async connect(): Promise<DaemonClient> {
    const discovery = await findDaemon(this.stateDir);
    if (discovery === undefined) throw new Error('the fake daemon is gone');
    return connectTo(discovery);
  }
}

test('a wait follows events until the job has ended', async () => {
  const { scene, daemon } = await Scene.start();
  const ended = scene.wait();
  await vi.waitFor(() => expect(daemon.called('job.get')).toHaveLength(1));
  scene.move({ state: 'running' }, { daemon, seq: 42 });
  scene.move({ state: 'succeeded' }, { daemon, seq: 43 });
  expect((await ended).map(({ state }) => state)).toEqual(['succeeded']);
  expect(scene.states).toEqual(['queued', 'running', 'succeeded']);
  expect(daemon.called('event.subscribe')).toEqual([{ since: 41 }]);
});

test('a wait survives a lost connection and goes on behind the last event', async () => {
  const { scene, daemon } = await Scene.start();
  const ended = scene.wait();
  await vi.waitFor(() => expect(daemon.called('job.get')).toHaveLength(1));
  scene.move({ state: 'running' }, { daemon, seq: 42 });
  await vi.waitFor(() => expect(scene.states).toContain('running'));
  scene.move({ state: 'succeeded' }); // while nobody listens
  daemon.dropClients();
  expect((await ended)[0]?.state).toBe('succeeded');
  expect(scene.notes).toHaveLength(1);
  expect(daemon.called('event.subscribe').at(-1)).toEqual({ since: 42 });
});

test('an answer that is older than an event does not turn the job back', async () => {
  const { scene, daemon } = await Scene.start();
  const ended = scene.wait();
  await vi.waitFor(() => expect(daemon.called('job.get')).toHaveLength(1));
  scene.move({ state: 'running', fence: 5 }, { daemon, seq: 42 });
  daemon.notify('event', {
    kind: 'job',
    type: 'late',
    id: 'job-1',
    at: '2026-01-01T00:00:00.000Z',
    seq: 43,
    data: sampleJob({ state: 'cancelled', fence: 1 }),
  });
  scene.move({ state: 'failed' }, { daemon, seq: 44 });
  expect((await ended)[0]?.state).toBe('failed');
  expect(scene.states).not.toContain('cancelled');
});

test('jobs that have ended already need no daemon', async () => {
  const connect = () => Promise.reject(new Error('nobody should connect'));
  const watcher: Watcher = { job: () => {}, progress: () => {}, note: () => {} };
  const job = sampleJob({ state: 'succeeded' });
  expect(await new JobWait([job], { connect, watcher }).until(({ state }) => isEnded(state))).toEqual([job]);
});
