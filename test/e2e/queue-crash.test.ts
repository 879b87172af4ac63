import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Job } from '../../schemas/index.js';
import { openQueue } from '../support/queue.js';
import { tempDir } from '../support/tmp.js';

const writer = fileURLToPath(new URL('../../dist/test/support/queue-writer.js', import.meta.url));

/** Lets the writer move its job `moves` times, kills it outright, and gives the last move it was sure of. */
async function killAfter(moves: number, file: string): Promise<string> {
  const child = spawn(process.execPath, [writer, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = '';
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    count++;
    if (count === moves) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}

test.each([1, 57, 333, 1000])(
  'killed after %i moves: nothing that was said is lost, nothing is half done',
  async (moves) => {
    const file = path.join(tempDir(), 'cosmos.db');
    const [id = '', fence] = (await killAfter(moves, file)).split(' ');

    const { queue, journal, runs, db } = openQueue(file);
    const job = queue.need(id);
    expect(job.fence).toBeGreaterThanOrEqual(Number(fence));
    expect(job.fence).toBeLessThanOrEqual(Number(fence) + 1);

    const events = journal.since(0, 1_000_000);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    const told = events.flatMap((event) => (event.kind === 'job' ? [event.data as Job] : []));
    expect(told.at(-1)).toEqual(job); // state and journal agree
    expect(told.map((each) => each.fence)).toEqual(told.map((_, index) => index)); // each move exactly once

    const claims = events.filter((event) => event.type === 'claimed').length;
    expect(runs.list()).toHaveLength(claims);
    expect(runs.attempts(id)).toHaveLength(claims);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  },
);
