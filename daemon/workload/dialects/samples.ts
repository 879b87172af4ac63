/** Splits a spec file into samples: which files NVIDIA's readers accept, and how they split them. */
import type { Dialect } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { detectDialect, isObject, type SpecObject } from '../../../schemas/spec/dialect.js';
import { suffixOf } from '../../../schemas/spec/paths.js';
import { PyJsonError, readPythonJson } from '../../../schemas/spec/python-json.js';
import { splitLines } from '../../../schemas/spec/python-lines.js';
import { type PyNode, plainValue } from '../../../schemas/spec/python-node.js';
import { readYaml } from './yaml.js';

/** Why the file as a whole cannot be read. Offsets are UTF-16 units into the text. */
export interface FileError {
  /** The Python exception. */
  readonly type: string;
  readonly message: string;
  readonly offset: number;
  /** What to do, in a sentence or two. */
  readonly fix?: string;
}

export type Samples = { readonly nodes: readonly PyNode[] } | { readonly error: FileError };

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const WRITE_ONE = 'Write one spec on each line.';

/** Suffixes are compared as they are: ".JSON" is none of them (config.py:359-365; common/args.py:1043-1110). */
const SUFFIXES: Readonly<Record<Dialect, readonly string[]>> = {
  'transfer2.5': ['.json', '.jsonl'],
  cosmos3: ['.json', '.jsonl', '.yaml', '.yml'],
};

/** The samples of a spec file. transfer2.5 wants at least one; cosmos3 notices an empty file only when it runs. */
export function readSamples(dialect: Dialect, file: string, text: string): Samples {
  const suffix = suffixOf(file);
  if (!SUFFIXES[dialect].includes(suffix)) return { error: unsupported(dialect, suffix) };
  try {
    const nodes = parse(dialect, suffix, text);
    if (nodes.length > 0 || dialect === 'cosmos3') return { nodes };
    return {
      error: { type: 'SystemExit', message: 'the file is empty: there is no spec in it', offset: 0, fix: WRITE_ONE },
    };
  } catch (error) {
    if (!(error instanceof PyJsonError)) throw error;
    const { type, message, offset, fix } = error;
    return { error: { type, message, offset, ...(fix === undefined ? {} : { fix }) } };
  }
}

/** The samples, in the dialect that is asked for or else the one that the first sample speaks. */
export function readFile(file: string, text: string, wanted?: Dialect): { engine: Dialect; samples: Samples } {
  if (wanted !== undefined) return { engine: wanted, samples: readSamples(wanted, file, text) };
  const tolerant = readSamples('cosmos3', file, text);
  const first = 'nodes' in tolerant && tolerant.nodes[0] !== undefined ? plainValue(tolerant.nodes[0]) : undefined;
  const engine = detectDialect(isObject(first) ? first : {});
  return { engine, samples: readSamples(engine, file, text) };
}

/** The one sample of a file as a plain object; null when it cannot be read, has several, or is no object. */
export function readSole(file: string, text: string): { dialect: Dialect; object: SpecObject } | null {
  const { engine: dialect, samples } = readFile(file, text);
  const [first, ...more] = 'nodes' in samples ? samples.nodes : [];
  const object = first === undefined || more.length > 0 ? undefined : plainValue(first);
  return isObject(object) ? { dialect, object } : null;
}

function parse(dialect: Dialect, suffix: string, text: string): PyNode[] {
  if (suffix === '.yaml' || suffix === '.yml') return [readYaml(text)];
  if (suffix === '.json') return [readPythonJson(text)];
  // A blank line is an error to transfer2.5; cosmos3 passes over lines with nothing at all in them.
  return splitLines(text)
    .filter(({ start, end }) => dialect === 'transfer2.5' || end > start)
    .map(({ start, end }) => readPythonJson(text, start, end));
}

function unsupported(dialect: Dialect, suffix: string): FileError {
  const known = LIST.format(SUFFIXES[dialect]);
  const what = suffix === '' ? 'a file whose name has no ending' : `a file that ends in "${suffix}"`;
  const small = suffix.toLowerCase();
  const ending = SUFFIXES[dialect].includes(small) ? `${small}, in small letters` : '.json';
  return {
    type: 'ValueError',
    message: `${modelTitle(dialect)} does not read ${what}: it reads ${known} only`,
    offset: 0,
    fix: `Save the spec under a name that ends in ${ending}.`,
  };
}
