/** Handlers of the `job` methods. */
import { readFile } from 'node:fs/promises';
import type { Job } from '../../../schemas/index.js';
import { errnoOf } from '../../errors.js';
import { cannotCancel, cannotRelease, cannotReorder, cannotRetry, checkAll } from '../bulk.js';
import type { HandlersOf } from '../call.js';
import { liveJob, liveJobs } from '../live-job.js';
import { findJob } from '../lookup.js';
import type { Services } from '../services.js';

export const jobHandlers: HandlersOf<'job'> = {
  'job.submit': async (params, { services }) => ({ jobs: await services.submissions.submit(params) }),

  'job.plan': async (params, { services }) => ({ plans: await services.submissions.plan(params) }),

  'job.list'(filter, { services }) {
    if (filter.before !== undefined) findJob(services.queue, filter.before);
    return shown(services, services.queue.list(filter));
  },

  async 'job.get'({ id }, { services }) {
    const { queue, runs, results, runner } = services;
    const job = liveJob(findJob(queue, id), runner);
    const attempts = runs.attempts(id);
    const result = results.get(id) ?? null;
    const passes = queue.prepared(id)?.passes;
    return { job, attempts, spec: await specText(services, id), result, ...(passes && { passes }) };
  },

  'job.cancel': ({ ids }, { services }) =>
    shown(services, services.queue.cancel(checkAll(services.queue, ids, cannotCancel))),

  'job.retry': ({ ids }, { services }) =>
    shown(services, services.queue.retry(checkAll(services.queue, ids, cannotRetry))),

  'job.release': ({ ids }, { services }) =>
    shown(services, services.queue.release(checkAll(services.queue, ids, cannotRelease))),

  'job.clone': async ({ ids, options }, { services }) => ({ jobs: await services.submissions.clone(ids, options) }),

  'job.edit': async ({ id, options, fence }, { services }) => ({
    job: await services.submissions.edit(id, options, fence),
  }),

  'job.compile': ({ id, options }, { services }) => services.submissions.compileJob(id, options),

  'job.move'({ id, before }, { services: { queue } }) {
    checkAll(queue, before === null ? [id] : [id, before], cannotReorder);
    return { job: queue.moveBefore(id, before) };
  },

  'job.setPriority': ({ ids, priority }, { services: { queue } }) => ({
    jobs: queue.setPriority(checkAll(queue, ids, cannotReorder), priority),
  }),
};

function shown({ runner }: Services, jobs: Job[]): { jobs: Job[] } {
  return { jobs: liveJobs(jobs, runner) };
}

/** The compiled spec; null before the job is prepared, and after retention took the file. */
async function specText({ queue }: Services, id: string): Promise<string | null> {
  const prepared = queue.prepared(id);
  if (prepared === null) return null;
  try {
    return await readFile(prepared.spec, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
