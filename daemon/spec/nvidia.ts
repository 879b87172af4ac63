/** What NVIDIA's reader says about one sample, as findings with sentences of our own. */
import type { Dialect } from '../../schemas/index.js';
import { modelTitle } from '../../schemas/model-title.js';
import { type Cosmos3, readCosmos3 } from '../../schemas/spec/cosmos3.js';
import { buildErrors } from '../../schemas/spec/cosmos3-build.js';
import type { PyError, Surroundings } from '../../schemas/spec/pydantic.js';
import { type PyArray, type PyNode, plainValue } from '../../schemas/spec/python-node.js';
import { readTransfer25, type Transfer25 } from '../../schemas/spec/transfer25.js';
import { withoutSecrets } from '../secrets.js';
import { offersForFile } from './file-remedies.js';
import { remedyOfKey } from './key-remedies.js';
import type { Finding, SpecFacts } from './rules/rule.js';
import { remedyOfValue } from './value-remedies.js';

export type Verdict = {
  /** Where the reader stops; null = it accepts. */
  readonly stage: 'parse' | 'build' | null;
  readonly errors: readonly PyError[];
} & (
  | { readonly dialect: 'transfer2.5'; readonly spec: Transfer25 | null }
  | { readonly dialect: 'cosmos3'; readonly spec: Cosmos3 | null }
);

/** `spec` is null where there is nothing to look at: no object, or a Python exception in the middle of the reading. */
export function readSample(dialect: Dialect, node: PyNode, around: Surroundings): Verdict {
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
  readonly verdict: Verdict;
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
    const wanted = `the name "${name}" is taken by a sample before; each sample of a run needs its own`;
    const error: PyError = { path: [], type: 'SystemExit', node: at ?? node, wanted };
    return { node, verdict: { ...verdict, stage: 'parse', errors: [...verdict.errors, error] } };
  });
}

/** What makes a complaint tell more. */
type SayingFacts = Partial<Pick<SpecFacts, 'near' | 'textProblem'>>;

/** A complaint in our words. @param root the sample it is about. */
export function sayError(error: PyError, dialect: Dialect, root: PyNode, facts: SayingFacts = {}): Finding {
  const { path, type } = error;
  const field = path.join('.');
  if (path.length === 0 && root.kind === 'array') return { path, message: error.wanted, fix: fixOfList(root) };
  switch (type) {
    case 'extra_forbidden':
      return unknownKey(error, dialect, root);
    case 'missing':
      return { path, message: `${field} is missing`, fix: `Add it: ${error.wanted}.` };
    case 'path_not_file':
    case 'value_error':
    case 'FileNotFoundError':
    case 'IsADirectoryError':
      return error.node.kind === 'string' ? missingFile(error, dialect, root, facts) : { path, message: error.wanted };
    case 'SystemExit':
      return { path, message: error.wanted };
    case 'OSError':
    case 'TypeError':
    case 'ValueError':
    case 'AttributeError':
      return error.node.kind === 'object' || type === 'ValueError' || field === ''
        ? { path, message: error.wanted }
        : { path, message: `${field} must be ${error.wanted}` };
    default:
      return {
        path,
        message: `${field === '' ? 'the spec' : field} must be ${error.wanted}, not ${shown(error.node)}`,
        ...remedyOfValue(error, dialect),
      };
  }
}

function fixOfList({ items }: PyArray): string {
  return items.length > 1
    ? `Write the ${items.length} specs into a .jsonl file, each on one line.`
    : 'Take away the "[" and "]" around it.';
}

function unknownKey({ path }: PyError, dialect: Dialect, root: PyNode): Finding {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? `a ${modelTitle(dialect)} spec` : `"${parent.join('.')}"`;
  const { since, ...remedy } = remedyOfKey(dialect, root, path);
  const more = since === undefined ? '' : `: ${since}`;
  return { path, message: `${where} has no "${path.at(-1)}"${more}`, ...remedy };
}

function missingFile(
  { path, node, type }: PyError,
  dialect: Dialect,
  root: PyNode,
  { near = () => [], textProblem = () => undefined }: SayingFacts,
): Finding {
  const named = node.kind === 'string' ? node.value : '';
  const at = path.length === 0 ? ['prompt_path'] : path;
  const problem = at[0] === 'prompt_path' ? textProblem(named) : undefined;
  if (problem !== undefined) return { path, message: `${at.join('.')}: ${shown(node)} is no prompt: ${problem}` };
  const what =
    type === 'IsADirectoryError' ? `${shown(node)} is a folder, not a file` : `there is no file ${shown(node)}`;
  const fix = /^[a-z][a-z0-9+.-]*:\/\//i.test(named)
    ? 'Addresses do not work here: download the file and name it.'
    : 'Paths are relative to the folder of the spec, in capital and small letters as on disk; "~" does not work.';
  const offers = offersForFile(dialect, root, at, near(named, at));
  const head = { path, message: `${at.join('.')}: ${what}`, fix };
  return offers.length === 0 ? head : { ...head, offers };
}

/** A value as it may stand in a sentence; a secret is taken out while it is whole. */
function shown(node: PyNode): string {
  const text = withoutSecrets(node.kind === 'float' ? String(node.value) : (JSON.stringify(plainValue(node)) ?? ''));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
