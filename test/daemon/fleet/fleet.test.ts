import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { Fleet } from '../../../daemon/fleet/fleet.js';
import { LiveOffers } from '../../../daemon/fleet/live-offers.js';
import { LocalHost } from '../../../daemon/host/local/local.js';
import { silentLogger } from '../../../daemon/log.js';
import { Adoptions } from '../../../daemon/queue/adoptions.js';
import { HostStore } from '../../../daemon/queue/hosts.js';
import type { Queue } from '../../../daemon/queue/queue.js';
import { RunLogs } from '../../../daemon/run/run-log.js';
import { StateDir } from '../../../daemon/state-dir.js';
import { type Event, HostConfig, type HostTrouble, type Job, type SlotLease } from '../../../schemas/index.js';
import { move, openQueue, queued } from '../../support/queue.js';
import { ScriptedOffer } from '../../support/scripted-offer.js';
import { tempDir } from '../../support/tmp.js';

const CONFIG = HostConfig.parse({ name: 'gpu1', ssh: 'gpu1', root: '/srv/cosmos', ownership: 'shared' });
const LEASE: SlotLease = { owner: 'ann@studio', run: 'run-9', since: '2026-11-22T00:00:00.000Z' };
const UNKNOWN_KEY: HostTrouble = {
  ...{ code: 'host_key_unknown', message: 'The key is not known.', remedy: 'cosmos host trust gpu1 SHA256:x' },
  data: { host: 'gpu1', fingerprint: 'SHA256:x' },
};

/** A daemon's fleet on a database; a second one on the same database is the daemon after a restart. */
function open(world = openQueue()) {
  const { db, journal, runs, clock, queue, results } = world;
  const store = new HostStore(db, journal);
  const local = new LocalHost({ clock: systemClock, root: tempDir() });
  const made: ScriptedOffer[] = [];
  const offers = new LiveOffers({
    local: { host: local, engines: ['preview'], slots: 1, pricePerHour: 0 },
    connect: (config) => {
      made.push(new ScriptedOffer(config));
      return made.at(-1) as ScriptedOffer;
    },
    draining: (host) => store.draining(host),
  });
  let hurried = 0;
  const interrupted: string[] = [];
  const runner = {
    hurry: () => {
      hurried += 1;
    },
    interrupt: (jobs: Iterable<string>) => void interrupted.push(...jobs),
  };
  const entries = new Set(['gpu1']);
  const configuration = { remove: (host: string) => entries.delete(host) };
  const stateDir = new StateDir(tempDir());
  const all = { offers, runs, queue, results, journal, runner, clock, store, configuration, stateDir };
  const adopting = {
    logs: new RunLogs(stateDir),
    engines: new Map(),
    adoptions: new Adoptions(db, runs, journal, clock),
  };
  const fleet = new Fleet({ ...all, ...adopting, log: silentLogger });
  onTestFinished(() => fleet.close());
  const told: Event[] = [];
  journal.onEvent((event) => void (event.kind === 'host' && told.push(event)));
  const gpu1 = () => made.at(-1) as ScriptedOffer;
  return { world, fleet, offers, told, gpu1, queue, runs, clock, entries, interrupted, hurried: () => hurried };
}

const moments = (told: readonly Event[]) => told.map(({ id, type }) => `${id} ${type}`);

test('a host that is added is there at once: told to clients, looked at, and tried by whoever waits for it', async () => {
  const { fleet, offers, told, gpu1, hurried } = open();
  fleet.start();
  expect(moments(told)).toEqual(['local changed']);
  fleet.add(CONFIG);
  expect(moments(told)).toEqual(['local changed', 'gpu1 added']);
  expect(offers.get('gpu1')).toBe(gpu1().offer);
  expect(hurried()).toBe(1);
  expect(gpu1().done).toEqual(['look']);
});

test('after a restart clients are told of what is not as they knew it, and of nothing else', async () => {
  const first = open();
  first.offers.add(CONFIG);
  first.fleet.start();
  first.fleet.close();
  const second = open(first.world);
  second.offers.add(CONFIG);
  second.fleet.start();
  expect(second.told).toEqual([]);
  second.fleet.close();
  const third = open(first.world); // gpu1 is in cosmos.toml no more
  third.fleet.start();
  expect(third.told).toMatchObject([{ id: 'gpu1', type: 'removed', data: null }]);
});

test('the way to a host is news when it opens or is lost, with the fingerprint that Trust needs', async () => {
  const { fleet, told, gpu1, offers, hurried } = open();
  offers.add(CONFIG);
  fleet.start();
  gpu1().problem = UNKNOWN_KEY;
  gpu1().becomes('unreachable', 'The key is not known.');
  expect(told.at(-1)?.data).toMatchObject({ id: 'gpu1', state: 'unreachable', problem: UNKNOWN_KEY });
  expect(hurried()).toBe(0);
  gpu1().problem = null;
  gpu1().becomes('online');
  expect(told.at(-1)?.data).toMatchObject({ state: 'online', problem: null });
  expect(hurried()).toBe(1);
});

test('who holds the slots is looked at once a minute, and when our own runs change it', async () => {
  const { fleet, told, gpu1, offers, clock, queue } = open();
  offers.add(CONFIG);
  fleet.start();
  gpu1().held = new Map([[1, LEASE]]);
  clock.advance(60_000); // while the first look is under way: it is made once more
  await vi.waitFor(() => expect(gpu1().done).toEqual(['look', 'look']));
  const slots = [
    { index: 0, run: null, lease: null },
    { index: 1, run: null, lease: LEASE },
  ];
  await vi.waitFor(() => expect(told.at(-1)?.data).toMatchObject({ id: 'gpu1', slots }));
  const before = told.length;
  clock.advance(60_000);
  await vi.waitFor(() => expect(gpu1().done).toHaveLength(3));
  expect(told).toHaveLength(before); // the same as before is no news
  queue.claim({ host: 'gpu1', slot: 0, engine: 'preview', batchKey: 'b', pricePerHour: 0, jobs: queued(queue) });
  await vi.waitFor(() => expect(gpu1().done).toHaveLength(4));
  expect(told.at(-1)?.data).toMatchObject({ slots: [{ index: 0, run: expect.stringMatching(/^run/) }, { index: 1 }] });
});

test('a host that waits for a person is not knocked at again until that person has done something', async () => {
  const { fleet, gpu1, offers, clock, hurried } = open();
  offers.add(CONFIG);
  gpu1().problem = UNKNOWN_KEY;
  fleet.start();
  clock.advance(600_000);
  expect(gpu1().done).toEqual([]);
  fleet.cleared();
  expect(gpu1().done).toEqual(['retry', 'look']);
  expect(hurried()).toBe(1);
});

test('a person logs in to a host that asks: its way is opened, and whoever waited may go on', async () => {
  const { fleet, gpu1, offers, hurried } = open();
  offers.add(CONFIG);
  gpu1().problem = { ...UNKNOWN_KEY, code: 'host_asks' };
  fleet.start();
  expect(gpu1().done).toEqual([]); // left alone
  expect(await fleet.login('gpu1', async () => ['123456'])).toMatchObject({ id: 'gpu1' });
  expect(gpu1().done).toEqual(['login', 'retry', 'look']);
  expect(hurried()).toBe(1);
  await expect(fleet.login('gpu9', async () => [])).rejects.toMatchObject({ code: 'not_found' });
});

test('a host that drains says so, also after a restart, until it is resumed', () => {
  const first = open();
  first.offers.add(CONFIG);
  first.fleet.start();
  const drained = first.fleet.drain('gpu1', 'new driver');
  expect(drained).toMatchObject({ state: 'draining', reason: expect.stringContaining('gpu1 drains (new driver)') });
  expect(first.told.at(-1)).toMatchObject({ id: 'gpu1', type: 'draining', data: drained });
  first.fleet.close();
  const second = open(first.world);
  second.offers.add(CONFIG);
  second.fleet.start();
  expect(second.fleet.list()).toMatchObject([{ id: 'local', draining: null }, drained]);
  expect(second.fleet.resume('gpu1')).toMatchObject({ state: 'online', reason: '', draining: null });
  expect(second.told.map(({ type }) => type)).toEqual(['resumed']);
  expect(second.hurried()).toBe(1);
});

test('a host that is not there is not drained, and a near name is offered', () => {
  const { fleet, offers } = open();
  offers.add(CONFIG);
  expect(() => fleet.drain('gpu')).toThrow('There is no host gpu; see `cosmos host`. Did you mean gpu1?');
});

/** A job of a run of gpu1, in state running. */
function running(queue: Queue): Job {
  const slot = { host: 'gpu1', slot: 0, engine: 'preview', batchKey: 'b', pricePerHour: 0 } as const;
  const [job] = queue.claim({ ...slot, jobs: queued(queue) })?.jobs ?? [];
  if (job === undefined) throw new Error('lost the claim');
  return move(queue, job, { event: 'staged' }, { event: 'started' });
}

test('a host with jobs on it is forgotten only when somebody insists; then they queue as a new attempt', async () => {
  const { fleet, offers, told, gpu1, queue, runs, entries, interrupted } = open();
  offers.add(CONFIG);
  fleet.start();
  fleet.drain('gpu1');
  const job = running(queue);
  await expect(fleet.forget('gpu1', false)).rejects.toMatchObject({ code: 'host_in_use', data: { jobs: [job.id] } });
  expect([...entries, offers.get('gpu1')]).toEqual(['gpu1', gpu1().offer]);

  gpu1().becomes('unreachable', 'Nothing listens there.');
  const { jobs, left } = await fleet.forget('gpu1', true);
  expect(jobs).toMatchObject([{ id: job.id, state: 'queued', attempt: 1, host: null }]);
  expect(jobs[0]?.reason).toBe('The host gpu1 was forgotten while the job ran there.');
  expect(left).toEqual([job.run]); // nobody could look
  expect(gpu1().done).not.toContain(`stop ${job.run}`);
  expect(gpu1().done.at(-1)).toBe('close');
  expect(runs.get(job.run ?? '')).toMatchObject({ state: 'ended', exitCode: null });
  expect(runs.attempts(job.id)).toMatchObject([{ number: 1, outcome: 'failed' }]);
  expect(queue.groups(['b']).get('b')?.failures).toEqual([]); // it says nothing about the group
  expect(interrupted).toEqual([job.id]);
  expect([entries.size, offers.get('gpu1')]).toEqual([0, undefined]);
  expect(told.at(-1)).toMatchObject({ id: 'gpu1', type: 'removed', data: null });
  offers.add(CONFIG);
  expect(fleet.list()[1]).toMatchObject({ id: 'gpu1', draining: null }); // a host of the same name begins anew
});

test('what a forgotten host that does answer has of ours is ended', async () => {
  const { fleet, offers, gpu1, queue } = open();
  offers.add(CONFIG);
  fleet.start();
  gpu1().becomes('online');
  const { run } = running(queue);
  expect((await fleet.forget('gpu1', true)).left).toEqual([]);
  expect(gpu1().done.slice(-2)).toEqual([`stop ${run}`, 'close']);
});

test('jobs of a host that left cosmos.toml by hand are put back too; a name that means nothing is not found', async () => {
  const { fleet, entries, queue } = open();
  entries.clear();
  fleet.start();
  const job = running(queue);
  expect((await fleet.forget('gpu1', true)).jobs).toMatchObject([{ id: job.id, state: 'queued' }]);
  await expect(fleet.forget('gpu1', true)).rejects.toMatchObject({ code: 'not_found' });
  await expect(fleet.forget('local', true)).rejects.toMatchObject({ code: 'wrong_state' });
});
