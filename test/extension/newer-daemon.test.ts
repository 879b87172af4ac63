/** The extension beside a newer daemon: names and fields that it does not know are read, and shown in words. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { Store } from '../../client/store.js';
import { findDaemon } from '../../extension/src/daemon.js';
import { Link } from '../../extension/src/link.js';
import { concern, digest } from '../../extension/src/notices/digest.js';
import { clipContext, clipDescription, clipIcon, clipSpoken } from '../../extension/src/views/clips/clip-text.js';
import { hostContext, hostDescription, hostIcon, hostTooltip } from '../../extension/src/views/hosts/host-text.js';
import { QueueGroups } from '../../extension/src/views/queue/groups.js';
import { can, jobContext } from '../../extension/src/views/queue/job-context.js';
import { jobIcon } from '../../extension/src/views/queue/job-icon.js';
import { jobDescription, jobSpoken } from '../../extension/src/views/queue/job-text.js';
import { jobTooltip } from '../../extension/src/views/queue/job-tooltip.js';
import { resultDescription, resultIcon, resultSpoken } from '../../extension/src/views/results/result-text.js';
import type { Job } from '../../schemas/received.js';
import { FakeDaemon } from '../support/fake-daemon.js';
import { newerSnapshot } from '../support/newer-daemon.js';
import { tempDir } from '../support/tmp.js';

const now = Date.parse('2026-01-01T00:20:00.000Z');
const facts = { hasResult: false, isDismissed: false };

/** The store of an extension that was told the snapshot over a real connection. */
async function told() {
  const stateDir = tempDir();
  const daemon = await FakeDaemon.start(stateDir, {
    'event.subscribe': () => ({ seq: 7, snapshot: newerSnapshot() }),
  });
  const store = new Store();
  const found = async () => (await findDaemon({ stateDir })) ?? Promise.reject(new Error('no daemon'));
  const never = new Promise<never>(() => {});
  const link = new Link(
    {
      autoStart: false,
      find: found,
      setUp: () => undefined,
      idle: () => {
        throw new Error('the daemon is there');
      },
      hasCrashed: async () => false,
      start: () => never,
      mayHaveCome: () => never,
    },
    store,
  );
  onTestFinished(() => link.close());
  void link.run();
  await vi.waitFor(() => expect(store.seq).toBe(7));
  return { daemon, store };
}

const line = (job: Job) => ({ job, progress: undefined, run: undefined, place: undefined, now });

test('jobs in unknown states stand in a group, with words, an icon and nothing to do that is not safe', async () => {
  const { store } = await told();
  const jobs = [...store.jobs.values()];
  const groups = new QueueGroups(jobs, () => false);
  const idsOf = (group: 'needsYou' | 'running' | 'queued' | 'done') => groups.first(group, 9).map(({ id }) => id);
  expect(idsOf('running')).toEqual(['j-live']);
  expect(idsOf('queued')).toEqual(['j-queued']);
  expect(idsOf('needsYou').sort()).toEqual(['j-expired', 'j-held']);
  expect(idsOf('done').sort()).toEqual(['j-known', 'j-partial']);
  const job = (id: string) => store.jobs.get(id) as Job;
  expect(jobSpoken(line(job('j-live')))).toBe('lot, waiting for quota, cluster');
  expect(jobDescription(line(job('j-queued')))).toBe('blocked by parent');
  expect(jobDescription(line(job('j-partial')))).toMatch(/^partial · 3 of 8 videos were made/);
  expect(jobDescription(line(job('j-expired')))).toMatch(/^expired · The licence of the model has ended/);
  expect(jobTooltip(line(job('j-live')), undefined).text).toMatch(/waiting for quota[\s\S]*predict2\\\.5[\s\S]*auto/);
  expect(jobIcon(job('j-live'))).toEqual({ id: 'circle-outline' });
  expect(jobContext(job('j-live'), facts)).toBe('job.other.cancelable.logged.clip');
  expect(jobContext(job('j-partial'), facts)).toBe('job.other.dismissable.clip');
  const risky = ['retryable', 'releasable', 'editable', 'movable'] as const;
  for (const { id } of jobs) {
    if (id === 'j-held' || id === 'j-known') continue;
    expect(risky.filter((ability) => can(job(id), ability))).toEqual([]);
  }
});

test('hosts, clips and results of unknown kinds, states and marks are told in words', async () => {
  const { store } = await told();
  const [host, clip, result] = [store.hosts.get('cluster'), store.clips.get('c1'), store.results.get('j-known')];
  if (host === undefined || clip === undefined || result === undefined) throw new Error('a row is missing');
  expect(hostDescription(host)).toBe('suspended · The partition gpu is down · slurm · 4× H100 · $2.50 an hour');
  expect(hostTooltip(host, now).text).toMatch(/Kind \| slurm[\s\S]*, predict2\\\.5/);
  expect([hostContext(host), hostIcon(host).id]).toEqual(['host.other.other.active', 'warning']);
  expect(hostIcon({ ...host, problem: null })).toEqual({ id: 'server' });
  expect(clipDescription({ ...clip, reason: '' })).toBe('archived');
  expect(clipSpoken(clip)).toContain('archived');
  expect([clipContext(clip), clipIcon(clip).id]).toEqual(['clip.other', 'circle-outline']);
  expect(resultSpoken({ result, job: undefined, now })).toContain('shortlist');
  expect(resultDescription({ result: { ...result, preview: false }, job: store.jobs.get('j-live'), now })).toContain(
    'predict2.5',
  );
  expect(resultIcon(result).id).toBe('tag');
});

test('an event of an unknown kind counts, and the one after it is heard', async () => {
  const { daemon, store } = await told();
  const at = '2026-01-01T00:00:00.000Z';
  daemon.notify('event', {
    seq: 8,
    at,
    id: 'a1',
    type: 'made',
    kind: 'artifact',
    data: { role: 'checkpoint' },
  } as never);
  daemon.notify('event', {
    seq: 9,
    at,
    id: '',
    type: 'paused',
    kind: 'queue',
    data: { paused: true, reason: 'night' },
  });
  await vi.waitFor(() => expect(store.queue.paused).toBe(true));
  expect(store.seq).toBe(9);
});

test('a job that ended in an unknown way is told', async () => {
  const { store } = await told();
  const [partial, expired, live] = ['j-partial', 'j-expired', 'j-live'].map((id) => store.jobs.get(id) as Job);
  if (partial === undefined || expired === undefined || live === undefined) throw new Error('a row is missing');
  expect([partial, expired, live].map(concern)).toEqual(['finished', 'needsYou', undefined]);
  expect(digest([partial]).message).toBe('lot is partial: 3 of 8 videos were made.');
  expect(digest([expired]).message).toBe('lot is expired: The licence of the model has ended.');
});
