import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Provenance } from '../../../daemon/artifact/provenance.js';
import { CosmosError } from '../../../daemon/errors.js';
import type { Host } from '../../../daemon/host/host.js';
import type { LocalHost } from '../../../daemon/host/local/local.js';
import { identify, isAlive } from '../../../daemon/host/local/process-tree.js';
import { findMediaTools, type MediaTools } from '../../../daemon/media/tools.js';
import { ManualClock } from '../../support/clock.js';
import { MEDIA, World, type WorldOptions } from '../../support/run-world.js';

let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

async function world(options: Partial<WorldOptions> = {}): Promise<World> {
  return await World.create({ tools, ...options });
}

test('a member that its run never came to queues again, without an attempt counted', async () => {
  const daemon = (await world()).open();
  daemon.queue.pause('two jobs of one run are claimed by hand');
  daemon.start();
  const ids = [daemon.submit({}, 'first').id, daemon.submit({}, 'second').id];
  const jobs = await Promise.all(ids.map((id) => daemon.reaches(id, 'queued')));
  const slot = { host: 'local', slot: 0, engine: 'preview', pricePerHour: 0 } as const;
  daemon.queue.claim({ ...slot, batchKey: 'script', jobs }); // the engine of this test runs the first member alone

  const [first = '', second = ''] = ids;
  expect(await daemon.reaches(first, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded' });
  const waiting = await daemon.reaches(second, 'queued', 'failed');
  expect(waiting).toMatchObject({
    state: 'queued',
    attempt: 0,
    error: null,
    reason: 'Its run ended before it came to it.',
  });
  daemon.queue.resume();
  expect(await daemon.reaches(second, 'succeeded', 'failed')).toMatchObject({ state: 'succeeded', attempt: 1 });
});

test('a queued job that cannot start says why', async () => {
  const daemon = (await world()).open();
  daemon.queue.pause('lunch');
  daemon.start();
  const queued = await daemon.reaches(daemon.submit().id, 'queued');
  expect(daemon.runner.waiting().get(queued.id)).toBe('The queue is paused.');
  daemon.queue.resume();
  await daemon.reaches(queued.id, 'succeeded');
  expect(daemon.runner.waiting().size).toBe(0);
});

test('a host that drains finishes what it has and takes nothing new until it is resumed', async () => {
  let why: string | undefined;
  const daemon = (await world({ draining: () => why })).open().start();
  const first = await daemon.reaches(daemon.submit({ frameMs: 60 }, 'first').id, 'running');
  why = 'local drains.';
  const second = await daemon.reaches(daemon.submit({}, 'second').id, 'queued');
  expect(daemon.runner.waiting().get(second.id)).toBe(why);
  await daemon.reaches(first.id, 'succeeded', 'failed');
  expect(daemon.queue.need(second.id)).toMatchObject({ state: 'queued', attempt: 0 });
  expect(daemon.queue.need(first.id).state).toBe('succeeded');
  why = undefined;
  daemon.runner.hurry();
  await daemon.reaches(second.id, 'succeeded', 'failed');
});

describe('one job', () => {
  test('goes from preparing to a placed, described result', async () => {
    const place = await world();
    const daemon = place.open().start();
    const seen: string[] = [];
    daemon.journal.onEvent(({ kind, type }) => seen.push(`${kind} ${type}`));
    const job = await daemon.reaches(daemon.submit().id, 'succeeded', 'failed');
    expect(job).toMatchObject({ state: 'succeeded', attempt: 1, progress: 1, error: null });
    expect(job.output).toBe(path.join(place.clipFolder, 'street_preview.mp4'));
    expect(seen).toEqual([
      'job created',
      'job prepared',
      'run created',
      'job claimed',
      'job staged',
      'run started',
      'job started',
      'run ended',
      'job finished',
      'result created',
      'job collected',
    ]);

    const result = daemon.results.get(job.id);
    expect(result).toMatchObject({ preview: true, frames: 6, width: 64, height: 48, fps: 24, stale: false });
    for (const file of [result?.video, result?.provenance, result?.poster, result?.contactSheet]) {
      expect(existsSync(file ?? '')).toBe(true);
    }
    const provenance = JSON.parse(readFileSync(result?.provenance ?? '', 'utf8')) as Provenance;
    expect(provenance).toMatchObject({ job: job.id, attempt: 1, run: job.run, host: 'local', engine: 'preview' });
    expect(provenance.note).toMatch(/not a Cosmos result/);
    expect(provenance.video).toMatchObject({ file: 'street_preview.mp4', sha256: result?.sha256, measured: MEDIA });

    expect(daemon.runs.attempts(job.id)).toMatchObject([
      { outcome: 'succeeded', logFrom: 0, logTo: expect.any(Number) },
    ]);
    expect(daemon.runs.get(job.run ?? '')).toMatchObject({ state: 'ended', exitCode: 0 });
    const log = await daemon.deps.logs.read(job.run ?? '', 0, 9999);
    expect(log.toString()).toMatch(/^begin street\nframe 1\/6\n(.*\n)*saved\n$/);
    expect(daemon.deps.logs.isEnded(job.run ?? '')).toBe(true);
  });

  test('shows progress while it runs, and none afterwards', async () => {
    const place = await world();
    const daemon = place.open().start();
    const fractions: number[] = [];
    daemon.runner.onProgress(({ stage, fraction }) => {
      if (stage.startsWith('frame')) fractions.push(fraction);
    });
    const { id } = daemon.submit();
    await daemon.reaches(id, 'succeeded');
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(daemon.runner.progress(id)).toBeUndefined();
  });

  test('a second result never overwrites the first, nor a file of somebody else', async () => {
    const place = await world();
    writeFileSync(path.join(place.clipFolder, 'street_preview.mp4'), 'mine');
    const daemon = place.open().start();
    const first = daemon.submit();
    await daemon.reaches(first.id, 'succeeded');
    const second = await daemon.reaches(daemon.submit().id, 'succeeded');
    expect(path.basename(daemon.queue.need(first.id).output ?? '')).toBe('street_preview_2.mp4');
    expect(path.basename(second.output ?? '')).toBe('street_preview_3.mp4');
    expect(readFileSync(path.join(place.clipFolder, 'street_preview.mp4'), 'utf8')).toBe('mine');
  });
});

describe('what goes wrong', () => {
  test('a command that fails: the job fails with the last line of its log', async () => {
    const place = await world();
    const daemon = place.open().start();
    const job = await daemon.reaches(daemon.submit({ failWith: 'RuntimeError: out of memory' }).id, 'failed');
    expect(job.error).toMatchObject({ code: 'run_failed', message: 'RuntimeError: out of memory' });
    expect(place.starts()).toHaveLength(1);
    expect(daemon.runs.get(job.run ?? '')).toMatchObject({ state: 'ended', exitCode: 1 });
  });

  test('cancelled while it runs: stopped, verified gone, cancelled, and the slot is free', async () => {
    const place = await world();
    const daemon = place.open().start();
    const { id } = daemon.submit({ hang: true });
    const child = await vi.waitFor(async () => {
      const log = await daemon.deps.logs.read(daemon.queue.need(id).run ?? 'none', 0, 999);
      return Number(/child (\d+)\n/.exec(log.toString())?.[1] ?? expect.fail('no child yet'));
    });
    daemon.queue.cancel([id]);
    expect(daemon.queue.need(id).state).toBe('stopping');
    const job = await daemon.reaches(id, 'cancelled');
    expect(isAlive(identify(child))).toBe(false);
    expect(await place.local.inspect(job.run ?? '')).toMatchObject({ state: 'exited' });
    expect(daemon.runs.open()).toEqual([]);
    await daemon.reaches(daemon.submit({}, 'next').id, 'succeeded');
  });

  test('a run that says nothing for too long is stopped and fails', async () => {
    const clock = new ManualClock();
    const place = await world({ clock, settings: { stallMinutes: 5 } });
    const daemon = place.open().start();
    const { id } = daemon.submit({ hang: true });
    await vi.waitFor(() => expect(daemon.deps.logs.size(daemon.queue.need(id).run ?? 'none')).toBeGreaterThan(0));
    clock.advance(4 * 60_000);
    expect(daemon.queue.need(id).state).toBe('running');
    await vi.waitFor(() => {
      clock.advance(2 * 60_000); // again, should the last words of the log have been heard only after the first four
      expect(daemon.queue.need(id).state).not.toBe('running');
    });
    const job = await daemon.reaches(id, 'failed');
    expect(job).toMatchObject({ stopReason: 'stall', reason: expect.stringMatching(/said nothing for 5 minutes/) });
  });

  test('a silent run whose GPUs work is given more time, and what they did is kept', async () => {
    const clock = new ManualClock();
    const looks = [true, true, false].map((isWorking, at) => ({ isWorking, text: `look ${at + 1}` }));
    const look = async () => looks.shift() ?? { isWorking: false, text: 'too late' };
    const place = await world({ clock, settings: { stallMinutes: 5 }, offer: { look } });
    const daemon = place.open().start();
    const { id } = daemon.submit({ hang: true });
    await vi.waitFor(() => expect(daemon.deps.logs.size(daemon.queue.need(id).run ?? 'none')).toBeGreaterThan(0));
    for (const left of [2, 1, 0]) {
      await vi.waitFor(() => {
        // Once the silence is being measured; again, when bytes came in the meantime: then it was none, and nobody looks.
        if (looks.length > left && clock.isAwaited(5 * 60_000)) clock.advance(6 * 60_000);
        expect(looks).toHaveLength(left);
      });
    }
    const job = await daemon.reaches(id, 'failed');
    expect(job.reason).toMatch(/said nothing for 15 minutes and was stopped\. Its GPUs: look 3\./);
    const kept = path.join(place.stateDir.run(job.run ?? ''), 'stall.txt');
    expect(readFileSync(kept, 'utf8')).toBe('look 3\n');
  });

  test('an output that is not what the spec asks for fails the job', async () => {
    const place = await world({ expected: { ...MEDIA, frames: 7 } });
    const daemon = place.open().start();
    const job = await daemon.reaches(daemon.submit().id, 'failed');
    expect(job.error).toMatchObject({ code: 'output_invalid', message: expect.stringMatching(/7 frames.*6/) });
  });

  test('a run that vanished is tried again, then failed', async () => {
    const place = await world({ settings: { retries: 1 } });
    const daemon = place.open().start();
    const { id } = daemon.submit({ hang: true });
    for (const attempt of [1, 2]) {
      const run = await vi.waitFor(() => {
        const job = daemon.queue.need(id);
        if (job.state !== 'running' || job.attempt !== attempt) throw new Error(`${job.state} ${job.attempt}`);
        return job.run ?? '';
      });
      await vi.waitFor(() => expect(daemon.deps.logs.size(run)).toBeGreaterThan(0));
      killAll(place.local, run);
    }
    const job = await daemon.reaches(id, 'failed');
    expect(job.error).toMatchObject({ code: 'run_lost', class: 'transient' });
    expect(daemon.runs.attempts(id).map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  });

  test('a back-off that ends while the runner looks is not missed', async () => {
    /** Every question takes 3 ms. */
    class PassingClock extends ManualClock {
      override now(): number {
        this.advance(3);
        return super.now();
      }
    }
    for (let backoff = 0.003; backoff < 0.03; backoff += 0.003) {
      let failures = 0;
      const once = (local: LocalHost): Host =>
        Object.assign(Object.create(local) as Host, {
          stage: async (...args: Parameters<Host['stage']>) => {
            if (failures++ === 0) throw new CosmosError('disk_full', 'full');
            await local.stage(...args);
          },
        });
      const clock = new PassingClock();
      const daemon = (await world({ clock, host: once, settings: { backoff } })).open().start();
      const { id } = daemon.submit();
      await vi.waitFor(() => {
        clock.advance(1); // a timer that was set fires; one that was forgotten never does
        expect(daemon.queue.need(id)).toMatchObject({ attempt: 2 });
      });
    }
  });

  test('a transient failure waits longer each time, and is forgotten once it works', async () => {
    const clock = new ManualClock();
    let failures = 0;
    const flaky = (local: LocalHost): Host =>
      Object.assign(Object.create(local) as Host, {
        stage: async (...args: Parameters<Host['stage']>) => {
          if (failures++ < 2) throw new CosmosError('disk_full', 'full');
          await local.stage(...args);
        },
      });
    const place = await world({ clock, host: flaky, settings: { backoff: 10, retries: 2 } });
    const daemon = place.open().start();
    const { id } = daemon.submit();
    for (const [tries, seconds] of [
      [1, 10],
      [2, 20],
    ] as const) {
      await vi.waitFor(() => expect([failures, daemon.queue.need(id).state]).toEqual([tries, 'queued']));
      const job = daemon.queue.need(id);
      expect(Date.parse(job.notBefore ?? '') - clock.now()).toBe(seconds * 1000);
      expect(job.error).toMatchObject({ code: 'disk_full' });
      clock.advance(seconds * 1000 - 1);
      expect(daemon.queue.need(id).state).toBe('queued');
      clock.advance(1);
    }
    await daemon.reaches(id, 'succeeded');
    expect(daemon.queue.need(id)).toMatchObject({ attempt: 3, error: null });
  });

  test('a job on a host that is not configured any more stays where it is', async () => {
    const place = await world();
    const first = place.open();
    const { id } = first.submit();
    const prepared = await place.prepare(first.queue.need(id));
    first.queue.setPrepared(id, prepared);
    const job = first.queue.move(first.queue.need(id), { event: 'prepared' }) ?? expect.fail();
    const planned = { host: 'gone', slot: 0, engine: 'preview', batchKey: 'x', pricePerHour: 0, jobs: [job] } as const;
    first.queue.claim(planned);
    const daemon = place.open().start();
    await vi.waitFor(() => expect(daemon.runner.progress(id)?.stage).toMatch(/gone.*not configured/));
    expect(daemon.queue.need(id).state).toBe('staging');
  });
});

/** As a power cut would: wrapper and command at once. */
function killAll(host: LocalHost, run: string): void {
  const claim = JSON.parse(readFileSync(path.join(host.runFolder(run), 'pid'), 'utf8')) as {
    wrapper: { pid: number };
    command: { pid: number };
  };
  process.kill(claim.wrapper.pid, 'SIGKILL');
  process.kill(-claim.command.pid, 'SIGKILL');
}
