/** Translates a whole spec file from one engine to the other, sample by sample. */
import path from 'node:path';
import type { CheckReport, Dialect } from '../../../../schemas/index.js';
import { modelTitle } from '../../../../schemas/model-title.js';
import { resolveCosmos3 } from '../../../../schemas/spec/cosmos3-build.js';
import { stemOf, suffixOf } from '../../../../schemas/spec/paths.js';
import type { PyNode } from '../../../../schemas/spec/python-node.js';
import { CosmosError } from '../../../errors.js';
import { checkSpec } from '../check.js';
import { readSample } from '../nvidia.js';
import { outputName } from '../output-name.js';
import type { Sample, SpecFacts } from '../rules/rule.js';
import { readSamples } from '../samples.js';
import { folderFacts } from '../surroundings.js';
import type { Loss } from './spec-draft.js';
import { type Translation, translateSpec } from './translate.js';

export interface FileLoss extends Loss {
  /** Index of the sample, from 0. */
  readonly sample: number;
}

export interface FileTranslation {
  readonly text: string;
  /** Absolute path that the text is made for: its suffix, and what relative paths mean. */
  readonly file: string;
  /** Of the result. */
  readonly engine: Dialect;
  readonly losses: readonly FileLoss[];
}

export interface TranslationRequest {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  readonly to: Dialect;
  /** Absolute path that the result will have; null = it lies beside the source, under a name of its own. */
  readonly output: string | null;
  /** What is known of the files, seen from the folder of the source. */
  readonly facts: Partial<SpecFacts>;
}

/** @throws CosmosError spec_invalid when NVIDIA's reader refuses the source; usage when the output has no fitting name */
export function translateFile({ file, text, to, output, facts }: TranslationRequest): FileTranslation {
  const from = to === 'cosmos3' ? 'transfer2.5' : 'cosmos3';
  requireAccepted(checkSpec(file, text, { engine: from, facts }));
  const read = readSamples(from, file, text);
  const nodes = 'nodes' in read ? read.nodes : []; // an error is a refusal, which is thrown by now
  const target = output ?? beside(file, to, nodes.length);
  requireName(target, nodes.length);
  const around = { ...folderFacts(file), ...facts };
  const pathOf = rebase(path.dirname(file), path.dirname(target));
  const samples = nodes.map((node, index) => translateSpec(toSample(from, node, index, file, around), to, { pathOf }));
  return {
    text: serialise(samples, target),
    file: target,
    engine: to,
    losses: samples.flatMap(({ losses }, sample) => losses.map((loss) => ({ ...loss, sample }))),
  };
}

function requireAccepted({ nvidia, file, engine, issues }: CheckReport): void {
  if (nvidia === 'accepts') return;
  const message = `${file} cannot be translated: ${modelTitle(engine)} itself does not accept it. Correct it first.`;
  throw new CosmosError('spec_invalid', message, { issues: issues.filter(({ source }) => source === 'nvidia') });
}

function toSample(dialect: Dialect, node: PyNode, index: number, file: string, facts: SpecFacts): Sample {
  const verdict = readSample(dialect, node, facts);
  if (node.kind !== 'object' || verdict.spec === null) throw new Error('an accepted sample is an object');
  const rest = { name: outputName(verdict, file, index), node, facts, run: {} };
  if (verdict.dialect === 'transfer2.5') return { dialect: 'transfer2.5', spec: verdict.spec, ...rest };
  return { dialect: 'cosmos3', spec: verdict.spec, resolved: resolveCosmos3(verdict.spec), ...rest };
}

function beside(file: string, to: Dialect, samples: number): string {
  const suffix = samples === 1 && suffixOf(file) !== '.jsonl' ? '.json' : '.jsonl';
  return path.join(path.dirname(file), `${stemOf(file)}.${to}${suffix}`);
}

function requireName(target: string, samples: number): void {
  const suffix = suffixOf(target);
  if (suffix === '.jsonl' || (suffix === '.json' && samples === 1)) return;
  const wanted = samples === 1 ? '.json or .jsonl' : `.jsonl, as there are ${samples} samples in it`;
  throw new CosmosError('usage', `The result cannot be written to ${target}: give it a name that ends in ${wanted}.`);
}

/** Relative paths of a spec are seen from its folder. */
function rebase(from: string, to: string): (named: string) => string {
  if (from === to) return (named) => named;
  return (named) => {
    if (path.isAbsolute(named)) return named;
    return path.relative(to, path.resolve(from, named)).split(path.sep).join('/');
  };
}

/** A .jsonl has a sample a line, and Python ends lines at these characters even inside a text. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

function serialise(translations: readonly Translation[], target: string): string {
  const specs = translations.map(({ spec }) => spec);
  if (suffixOf(target) === '.json') return specs.map((spec) => `${JSON.stringify(spec, null, 2)}\n`).join('');
  return specs.map((spec) => `${JSON.stringify(spec).replace(LINE_ENDS, escaped)}\n`).join('');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
