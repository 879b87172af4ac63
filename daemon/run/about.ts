/** What a run folder says of its run and jobs, so that they can be rebuilt from it alone, on another machine. */
import path from 'node:path';
import * as z from 'zod';
import { Clip, Job, Prepared, Run } from '../../schemas/index.js';
import type { RunDependencies } from './needs.js';

/** Names that become folders on the machine that adopts: not just any text. */
const JobId = Job.shape.id.regex(/^job-[a-z0-9]+$/);
const InputPath = z.string().refine((file) => !path.posix.isAbsolute(file) && !file.split('/').includes('..'));

const JobAbout = z.object({
  job: Job.pick({
    ...{ clip: true, name: true, source: true, settings: true, engine: true, priority: true, attempt: true },
    ...{ sweep: true, project: true, tags: true, edited: true, createdAt: true },
  }).extend({ id: JobId }),
  /** Spec and inputs lie in specs/<job>/ of the run folder. */
  prepared: Prepared.omit({ spec: true }).extend({
    inputs: z.array(Prepared.shape.inputs.element.extend({ path: InputPath })),
  }),
  /** null = the job came from a spec, or its clip is gone. */
  clip: Clip.pick({ id: true, name: true, path: true, revision: true, manifest: true }).nullable(),
});
export type JobAbout = z.infer<typeof JobAbout>;

export const RunAbout = z.object({
  /** Of Cosmos Bridge. */
  version: z.string(),
  run: Run.pick({ id: true, engine: true, slot: true, batchKey: true, pricePerHour: true, createdAt: true }),
  jobs: z.array(JobAbout).min(1),
});
export type RunAbout = z.infer<typeof RunAbout>;

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'clips' | 'version'>;

/** As JSON. Nothing but what the schema names: no path of this machine but those that the job itself has. */
export function aboutRun(id: string, { queue, runs, clips, version }: Needs): Readonly<Record<string, Json>> {
  const run = runs.get(id);
  const jobs = (run?.members ?? []).map((member) => {
    const job = queue.get(member);
    const clip = job?.clip === null || job === undefined ? undefined : clips.get(job.clip);
    return { job, prepared: queue.prepared(member), clip: clip ?? null };
  });
  const about = RunAbout.parse({ version, run, jobs });
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(about)));
}

type Json = z.core.util.JSONType;
