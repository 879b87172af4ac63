/** The record in a run folder: with it another machine can rebuild the run and its jobs from the folder alone. */
import path from 'node:path';
import * as z from 'zod';
import { Clip, Job, Prepared, Run } from '../../schemas/index.js';
import type { RunDependencies } from './needs.js';

/** The ids become folder names on the machine that adopts the run, so only safe characters are allowed. */
const JobId = Job.shape.id.regex(/^job-[a-z0-9]+$/);
const InputPath = z.string().refine((file) => !path.posix.isAbsolute(file) && !file.split('/').includes('..'));

const JobAbout = z.object({
  job: Job.pick({
    ...{ clip: true, name: true, source: true, settings: true, engine: true, priority: true, attempt: true },
    ...{ sweep: true, project: true, tags: true, edited: true, createdAt: true },
  }).extend({ id: JobId }),
  /** The spec and the inputs are in specs/<job>/ of the run folder. */
  prepared: Prepared.omit({ spec: true }).extend({
    inputs: z.array(Prepared.shape.inputs.element.extend({ path: InputPath })),
  }),
  /** null = the job was made from a spec, or its clip is not known any more. */
  clip: Clip.pick({ id: true, name: true, path: true, revision: true, manifest: true }).nullable(),
});
export type JobAbout = z.infer<typeof JobAbout>;

export const RunAbout = z.object({
  /** Version of Cosmos Bridge. */
  version: z.string(),
  run: Run.pick({ id: true, engine: true, slot: true, batchKey: true, pricePerHour: true, createdAt: true }),
  jobs: z.array(JobAbout).min(1),
});
export type RunAbout = z.infer<typeof RunAbout>;

type Needs = Pick<RunDependencies, 'queue' | 'runs' | 'clips' | 'version'>;

/** The record as JSON. It holds only what the schema names: of this machine, only the paths that the job itself has. */
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
