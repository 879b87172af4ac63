/** run.json in the folder of a run: what another machine needs to understand the run without our database. */
import * as z from 'zod';
import { CosmosError, coerceError } from '../../errors.js';
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
  /** Image and GPUs; null = a plain process. The environment is left out, because it may hold secrets. */
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

export interface FoundRun {
  /** Name of its folder. */
  readonly run: string;
  /** An error = the record is not readable, or names another run. */
  readonly record: RunRecord | CosmosError;
  /** UTC ISO, by the clock of the host; null = it has not written how it ended. */
  readonly endedAt: string | null;
}

/** $1 folder of the runs, $2 bytes of a record. Prints name, second of the end or nothing, and record of each run that was ever started. */
const RECORDS = `${OURS}
for record in "$1"/*/run.json; do
  run=\${record%/run.json}
  ours "$record" && [ -r "$record" ] || continue
  printf '%s\\0%s\\0' "\${run##*/}" "$(stat -c %Y "$run/exit" 2>/dev/null)"
  timeout 5 head -c "$2" -- "$record" || exit 1
  printf '\\0'
done
`;

/** @param runs absolute folder on the host */
export async function readRecords(remote: Remote, runs: string): Promise<FoundRun[]> {
  const parts = (await runChecked(remote, RECORDS, [runs, String(RECORD_BYTES)])).toString().split('\0');
  const found: FoundRun[] = [];
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [run = '', ended = '', text = ''] = parts.slice(at, at + 3);
    const endedAt = ended === '' ? null : new Date(Number(ended) * 1000).toISOString();
    found.push({ run, record: parseRecord(run, text), endedAt });
  }
  return found;
}

function parseRecord(run: string, text: string): RunRecord | CosmosError {
  try {
    const record = RunRecord.parse(JSON.parse(text));
    if (record.run === run) return record;
    return new CosmosError('host_file_failed', `run.json in the folder ${run} is of another run, ${record.run}.`);
  } catch (error) {
    const cause = coerceError(error);
    return new CosmosError('host_file_failed', `run.json of ${run} cannot be understood.`, { run }, { cause });
  }
}
