/** Many configurations beside the real ssh, a few at a time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pLimit from 'p-limit';
import { compareConfig, type ParityVerdict } from './compare.js';
import { type GeneratedConfig, generateConfig } from './generate.js';

/** Each ssh takes about 10 ms of a core. */
const AT_A_TIME = 4;

export interface Parity {
  /** Number of lookups of each kind; "different" are those that we did not report. */
  readonly kinds: Readonly<Record<string, number>>;
  /** The first few that are different, with what it takes to see them again. */
  readonly different: readonly string[];
}

/** @param hosts looked up in each configuration, at most. */
export async function compareMany(seeds: readonly number[], hosts: number): Promise<Parity> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-ssh-config-'));
  const limit = pLimit(AT_A_TIME);
  try {
    const verdicts = seeds.map((seed) => {
      const generated = generateConfig(seed);
      const few = { ...generated, hosts: generated.hosts.slice(0, hosts) };
      return limit(async () => {
        const found = await compareConfig(few, path.join(folder, String(seed)));
        return found.map((verdict) => ({ verdict, generated }));
      });
    });
    return summary((await Promise.all(verdicts)).flat());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary(found: readonly { verdict: ParityVerdict; generated: GeneratedConfig }[]): Parity {
  const kinds: Record<string, number> = {};
  for (const { verdict } of found) {
    const kind = verdict.kind ?? 'different';
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  const different = found.filter(({ verdict }) => verdict.kind === undefined).slice(0, 10);
  return {
    kinds,
    different: different.map(({ verdict: { seed, host, details }, generated }) => {
      return `seed ${seed}, ${host}: ${details}\n${JSON.stringify(generated.files)}`;
    }),
  };
}
