/** Reads the text of a spec for the check: NVIDIA's verdict on every sample, and the samples that rules look at. */
import type { Dialect } from '../../../schemas/index.js';
import { resolveCosmos3 } from '../../../schemas/spec/cosmos3-build.js';
import type { PyNode } from '../../../schemas/spec/python-node.js';
import { readSample, type SampleVerdict, withUniqueNames } from './nvidia.js';
import { outputName } from './output-name.js';
import type { RunFacts, Sample, SpecFacts } from './rules/rule.js';
import { type FileError, readFile } from './samples.js';

export interface ReadSample {
  readonly node: PyNode;
  readonly verdict: SampleVerdict;
  /** null where the sample cannot be read; NVIDIA's error about it is enough. */
  readonly sample: Sample | null;
}

export type Reading = { readonly engine: Dialect } & (
  | { readonly error: FileError }
  | { readonly samples: readonly ReadSample[] }
);

/** @param wanted absent = recognised by the keys of the first sample. */
export function readSpec(
  file: string,
  text: string,
  wanted: Dialect | undefined,
  around: { readonly facts: SpecFacts; readonly run: RunFacts },
): Reading {
  const { engine, samples } = readFile(file, text, wanted);
  if ('error' in samples) return { engine, error: samples.error };
  const read = samples.nodes.map((node) => ({ node, verdict: readSample(engine, node, around.facts) }));
  return {
    engine,
    samples: withUniqueNames(read).map(({ node, verdict }, index) => {
      const name = outputName(verdict, file, index);
      return { node, verdict, sample: sampleOf(node, verdict, { name, ...around }) };
    }),
  };
}

/** The sample as rules see it; null where it cannot be read. */
export function sampleOf(
  node: PyNode,
  verdict: SampleVerdict,
  around: Pick<Sample, 'name' | 'facts' | 'run'>,
): Sample | null {
  if (node.kind !== 'object' || verdict.spec === null) return null;
  if (verdict.dialect === 'transfer2.5') return { dialect: 'transfer2.5', spec: verdict.spec, node, ...around };
  return { dialect: 'cosmos3', spec: verdict.spec, resolved: resolveCosmos3(verdict.spec), node, ...around };
}
