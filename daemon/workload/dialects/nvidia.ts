/** Reads one sample as NVIDIA's reader does, and keeps its errors. */
import type { Dialect } from '../../../schemas/index.js';
import { type Cosmos3, readCosmos3 } from '../../../schemas/spec/cosmos3.js';
import { buildErrors } from '../../../schemas/spec/cosmos3-build.js';
import type { PyError, Surroundings } from '../../../schemas/spec/pydantic.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { readTransfer25, type Transfer25 } from '../../../schemas/spec/transfer25.js';

export type SampleVerdict = {
  /** Where the reader stops; null = it accepts. */
  readonly stage: 'parse' | 'build' | null;
  readonly errors: readonly PyError[];
} & (
  | { readonly dialect: 'transfer2.5'; readonly spec: Transfer25 | null }
  | { readonly dialect: 'cosmos3'; readonly spec: Cosmos3 | null }
);

/** `spec` is null where there is nothing to look at: no object, or a Python exception in the middle of the reading. */
export function readSample(dialect: Dialect, node: PyNode, around: Surroundings): SampleVerdict {
  if (dialect === 'transfer2.5') {
    const reading = readTransfer25(node, around);
    if ('type' in reading) return { dialect, spec: null, stage: 'parse', errors: [reading] };
    return { dialect, ...reading, stage: reading.errors.length > 0 ? 'parse' : null };
  }
  const reading = readCosmos3(node, around);
  if ('type' in reading) return { dialect, spec: null, stage: 'parse', errors: [reading] };
  const { spec, errors } = reading;
  if (errors.length > 0 || node.kind !== 'object') return { dialect, spec, stage: 'parse', errors };
  const late = buildErrors(node, spec, around);
  return { dialect, spec, stage: late.length > 0 ? 'build' : null, errors: late };
}

interface Read {
  readonly node: PyNode;
  readonly verdict: SampleVerdict;
}

/** Samples of one transfer2.5 run must differ in their names (config.py:408-415); cosmos3 never looks. */
export function withUniqueNames(samples: readonly Read[]): Read[] {
  const seen = new Set<string>();
  return samples.map(({ node, verdict }) => {
    const name = verdict.dialect === 'transfer2.5' ? (verdict.spec?.name ?? null) : null;
    if (name === null || !seen.has(name)) {
      if (name !== null) seen.add(name);
      return { node, verdict };
    }
    const at = node.kind === 'object' ? node.last.get('name')?.value : undefined;
    const wanted = `the name "${name}" is taken by a spec before, and two specs of one file may not share a name`;
    const fix = 'Give each spec of the file a name of its own.';
    const error: PyError = { path: [], type: 'SystemExit', node: at ?? node, wanted, fix };
    return { node, verdict: { ...verdict, stage: 'parse', errors: [...verdict.errors, error] } };
  });
}
