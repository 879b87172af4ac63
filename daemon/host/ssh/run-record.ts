/** run.json in the folder of a run: what another machine needs to understand the run without our database. */
import * as z from 'zod';
import type { HostCommand } from '../host.js';
import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { OURS } from './run-files.js';

export const RunRecord = z.object({
  version: z.literal(1),
  run: z.string().max(200),
  /** Person and machine that started it. */
  owner: z.string().max(500),
  argv: z.array(z.string()),
  /** Image and GPUs; null = a plain process. The environment is left out: it may hold what nobody else should read. */
  container: z.object({ image: z.string(), gpus: z.array(z.int()) }).nullable(),
  /** What the caller of start said about the run: jobs, specs, price. */
  about: z.record(z.string(), z.json()),
});
export type RunRecord = z.infer<typeof RunRecord>;

export function recordOf(run: string, owner: string, { argv, container, about }: HostCommand): RunRecord {
  const box = container === undefined ? null : { image: container.image, gpus: [...container.gpus] };
  return { version: 1, run, owner, argv: [...argv], container: box, about: { ...about } };
}

/** Bytes of a record that are read; one with many jobs has some tens of thousands. */
export const RECORD_BYTES = 1_000_000;

/** $1 folder, $2 bytes. */
const READ = `${OURS}
run=$1
! ours "$run/run.json" || timeout 5 head -c "$2" -- "$run/run.json"`;

/** Undefined = the run was never started here, or something wrote over its record. */
export async function readRecord(remote: Remote, folder: string): Promise<RunRecord | undefined> {
  const text = (await runChecked(remote, READ, [folder, String(RECORD_BYTES)])).toString();
  try {
    return RunRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
