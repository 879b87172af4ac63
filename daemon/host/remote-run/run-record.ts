/** run.json in the folder of a run: what another machine needs to understand the run without our database. */
import * as z from 'zod';
import type { HostCommand } from '../host.js';
import type { Remote } from '../remote.js';
import { runChecked } from './checked.js';

export const RunRecord = z.object({
  version: z.literal(1),
  run: z.string(),
  /** Person and machine that started it. */
  owner: z.string(),
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

/** Undefined = the run was never started here. */
export async function readRecord(remote: Remote, folder: string): Promise<RunRecord | undefined> {
  const text = (await runChecked(remote, '[ ! -e "$1/run.json" ] || cat "$1/run.json"', [folder])).toString();
  return text === '' ? undefined : RunRecord.parse(JSON.parse(text));
}
