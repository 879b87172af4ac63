/** All runs that lie on a host, as their folders tell of them. */
import { CosmosError, coerceError } from '../../errors.js';
import { runChecked } from '../shell/checked.js';
import type { Remote } from '../shell/remote.js';
import { OURS } from './run-files.js';
import { RECORD_BYTES, RunRecord } from './run-record.js';

export interface FoundRun {
  /** Name of its folder. */
  readonly run: string;
  /** An error = its record cannot be read, or is another run's. */
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
    found.push({ run, record: parse(run, text), endedAt });
  }
  return found;
}

function parse(run: string, text: string): RunRecord | CosmosError {
  try {
    const record = RunRecord.parse(JSON.parse(text));
    if (record.run === run) return record;
    return new CosmosError('host_file_failed', `run.json in the folder ${run} is of another run, ${record.run}.`);
  } catch (error) {
    const cause = coerceError(error);
    return new CosmosError('host_file_failed', `run.json of ${run} cannot be understood.`, { run }, { cause });
  }
}
