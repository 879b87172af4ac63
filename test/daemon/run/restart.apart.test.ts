import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { findMediaTools, type MediaTools } from '../../../daemon/media/tools.js';
import type { Boundary } from '../../../daemon/run/needs.js';
import { World } from '../../support/run-world.js';

let tools: MediaTools;
beforeAll(async () => {
  tools = await findMediaTools();
});

/** Ends whoever calls it at one moment, for ever: from then on this daemon records nothing. */
class Death {
  readonly came: Promise<void>;
  private dead = false;
  private tell = () => {};

  constructor(private readonly moment: string) {
    this.came = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  readonly boundary: Boundary = (name) => {
    this.dead ||= name === this.moment;
    if (!this.dead) return;
    this.tell();
    return new Promise(() => {});
  };
}

const MOMENTS = [
  ...['preparing.prepared', 'queued.claimed', 'staging.staged', 'staged.started', 'running.finished'],
  'collecting.collected',
].flatMap((name) => [`${name}.before`, `${name}.after`]);

describe('a daemon that dies', () => {
  test.each([...MOMENTS, 'staged.started.spawned'])(
    'at %s: the next one finishes the job, started once',
    async (at) => {
      const place = await World.create({ tools });
      const death = new Death(at);
      const first = place.open(death.boundary);
      first.runner.start();
      first.submit();
      await death.came;
      const daemon = place.open().start();
      const [{ id } = expect.fail()] = daemon.queue.list();
      const job = await daemon.reaches(id, 'succeeded', 'failed');
      expect(job).toMatchObject({ state: 'succeeded', attempt: 1 });
      expect(path.basename(job.output ?? '')).toBe('street_preview.mp4');
      expect(place.starts()).toEqual(['street']);
    },
  );

  test('while the command runs: the log has no gap and no byte twice', async () => {
    const place = await World.create({ tools });
    const first = place.open();
    first.runner.start();
    const { id } = first.submit({ frameMs: 100 });
    await vi.waitFor(() => expect(first.deps.logs.size(first.queue.need(id).run ?? 'none')).toBeGreaterThan(20));
    await first.runner.close();
    expect(first.queue.need(id).state).toBe('running');
    const daemon = place.open().start();
    const job = await daemon.reaches(id, 'succeeded');
    const log = await daemon.deps.logs.read(job.run ?? '', 0, 9999);
    const frames = [1, 2, 3, 4, 5, 6].map((i) => `frame ${i}/6\n`).join('');
    expect(log.toString()).toBe(`begin street\n${frames}saved\n`);
    expect(place.starts()).toEqual(['street']);
  });

  test('while stopping: the next one stops it', async () => {
    const place = await World.create({ tools });
    const death = new Death('stopping.stopped.before');
    const first = place.open(death.boundary);
    first.runner.start();
    const { id } = first.submit({ hang: true });
    await first.reaches(id, 'running');
    first.queue.cancel([id]);
    await death.came;
    const daemon = place.open().start();
    await daemon.reaches(id, 'cancelled');
  });
});
