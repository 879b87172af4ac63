/** A process that moves jobs until it is killed, and says "<job> <fence>" after every commit. */
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../daemon/clock.js';
import type { JobEvent } from '../../daemon/job/life.js';
import { openDatabase } from '../../daemon/queue/db.js';
import { Journal } from '../../daemon/queue/journal.js';
import { Queue } from '../../daemon/queue/queue.js';
import type { Job } from '../../schemas/index.js';
import { draft } from './jobs.js';

const LAP = ['staged', 'started', 'finished', 'refused', 'retried', 'prepared'] as const satisfies JobEvent[];

const [file = ''] = process.argv.slice(2);
const db = openDatabase(file);
const queue = new Queue(db, new Journal(db, systemClock), systemClock);

async function say(job: Job | undefined): Promise<Job> {
  if (job === undefined) throw new Error('lost a race, although nobody else is here');
  process.stdout.write(`${job.id} ${job.fence}\n`);
  await setImmediate(); // lets the line out
  return job;
}

for (const submitted of queue.submit([draft()])) {
  let job = await say(queue.move(submitted, { event: 'prepared' }));
  for (;;) {
    const slot = { host: 'local', slot: 0, engine: job.engine, batchKey: 'preview', pricePerHour: 0 };
    job = await say(queue.claim({ ...slot, jobs: [job] })?.jobs[0]);
    for (const event of LAP) job = await say(queue.move(job, { event }));
  }
}
