/** A job whose run has succeeded, as artifact/publish.ts needs it. */
import path from 'node:path';
import type { DeliveredFile, Delivery } from '../artifact/publish.js';
import type { Outputs } from '../workload/engine.js';
import { outputLimits } from './bounds.js';
import type { Assignment } from './members.js';
import type { RunDependencies } from './needs.js';

export function deliveryOf(
  { job, run, offer, engine, prepared }: Assignment,
  outputs: Outputs,
  deps: RunDependencies,
  signal: AbortSignal,
): Delivery {
  const { stateDir, tools, clock, version } = deps;
  const expected = engine.expect(prepared);
  const limits = outputLimits(expected, prepared.media);
  const limited = ({ from, to, role, alsoIn }: DeliveredFile) => {
    return { from, to, limit: alsoIn === undefined ? limits[role] : { ...limits[role], alsoIn } };
  };
  return {
    ...{ job, run, prepared, expected, outputs, tools, clock, version },
    host: offer.host.id,
    clip: job.clip === null ? undefined : deps.clips.get(job.clip),
    folder: path.join(stateDir.run(run), 'results', job.id),
    resultsFolder: deps.settings.resultsFolder,
    input: (sha256) => stateDir.cas(sha256),
    collect: (files) => offer.host.collect(run, files.map(limited), signal),
    report: (stage, fraction) => deps.progress.report(job.id, stage, fraction),
  };
}
