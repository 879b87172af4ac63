/** Writes the errors of NVIDIA's reader as sentences: what is wrong, what is allowed, what to do. */
import type { Dialect } from '../../../schemas/index.js';
import { modelTitle } from '../../../schemas/model-title.js';
import { Cosmos3Model } from '../../../schemas/spec/cosmos3.js';
import type { Fields } from '../../../schemas/spec/model.js';
import type { PyError, SpecPath } from '../../../schemas/spec/pydantic.js';
import type { PyArray, PyNode } from '../../../schemas/spec/python-node.js';
import { Transfer25Model } from '../../../schemas/spec/transfer25.js';
import { fileFinding } from './file-remedies.js';
import { remedyOfKey } from './key-remedies.js';
import type { Finding, SpecFacts } from './rules/rule.js';
import { shownValue } from './shown-value.js';
import { remedyOfValue } from './value-remedies.js';

/** Facts with which an error can say more. */
export type SayingFacts = Partial<Pick<SpecFacts, 'near' | 'textProblem' | 'entry'>>;

/** Complaints about a path that leads to no file. */
const NO_FILE = ['path_not_file', 'value_error', 'FileNotFoundError', 'IsADirectoryError', 'OSError'];
/** Complaints about fields that do not go together; they come as sentences. */
const SENTENCES = ['SystemExit', 'ValueError', 'value_error'];

/** A complaint in our words. @param root the sample it is about. */
export function sayError(error: PyError, dialect: Dialect, root: PyNode, facts: SayingFacts = {}): Finding {
  const { path, type, node } = error;
  if (root.kind !== 'object') return noObject(root, path);
  if (type === 'extra_forbidden') return unknownKey(error, dialect, root);
  if (type === 'missing') return missing(error, dialect);
  const at = path.length > 0 ? path : (pathTo(root, node) ?? []); // Python's exceptions name no field
  if (type === 'string_unicode') return halfCharacter(path, at);
  if (NO_FILE.includes(type) && node.kind === 'string')
    return { ...fileFinding(error, at, dialect, root, facts), path };
  if (path.length === 0 && SENTENCES.includes(type)) return apart(error);
  if (type === 'int_parsing_size') return tooLong(error);
  const message = `${at.join('.')} must be ${error.wanted}, not ${shownValue(node)}`;
  return { path, message, ...remedyOfValue({ ...error, path: at }, dialect) };
}

/** Names of what stands in a text, as people say it. */
const KINDS: Readonly<Record<PyNode['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  int: 'a number',
  float: 'a number',
  bool: 'true or false',
  null: 'null',
  other: 'a date',
};

function noObject(root: PyNode, path: SpecPath): Finding {
  const message = `this is ${KINDS[root.kind]}, and a spec is one JSON object: { ... }`;
  return {
    path,
    message,
    fix: root.kind === 'array' ? fixOfList(root) : 'Write the fields of the spec between { and }.',
  };
}

function fixOfList({ items }: PyArray): string {
  return items.length > 1
    ? `Write the ${items.length} specs into a .jsonl file, each on one line.`
    : 'Take away the "[" and "]" around it.';
}

function unknownKey({ path }: PyError, dialect: Dialect, root: PyNode): Finding {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? `a ${modelTitle(dialect)} spec` : parent.join('.');
  const { since, ...remedy } = remedyOfKey(dialect, root, path);
  const more = since === undefined ? '' : `: ${since}`;
  return { path, message: `${where} has no "${path.at(-1)}"${more}`, ...remedy };
}

function missing({ path, wanted }: PyError, dialect: Dialect): Finding {
  const key = path.at(-1);
  if (typeof key === 'number') {
    const around = path.slice(0, -1).join('.');
    const which = key === 0 ? 'first' : 'second';
    return { path, message: `${around} has no ${which} number, and it must be ${wanted}`, fix: 'Write both numbers.' };
  }
  const fields: Fields = dialect === 'cosmos3' ? Cosmos3Model.fields : Transfer25Model.fields;
  const { description = '', or } = fields[String(key)] ?? {};
  const other = or === undefined ? '' : `, or "${or}" with the path of a text file`;
  const what = description === '' ? '' : `: ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
  const fix = `Add "${key}" with ${wanted}${other}${what}`;
  const message = `"${key}" is missing, and a ${modelTitle(dialect)} spec must have it`;
  return { path, message, fix: fix.endsWith('.') ? fix : `${fix}.` };
}

function halfCharacter(path: SpecPath, at: SpecPath): Finding {
  const where = at.length === 0 ? 'the name of a field' : at.join('.');
  const message = `${where} holds half a character, which no text may hold`;
  return { path, message, fix: 'Write the text again there, and save the file as UTF-8.' };
}

function tooLong({ path, node }: PyError): Finding {
  const message = `${path.join('.')} must be a whole number of at most 18 digits, not ${shownValue(node)}`;
  return { path, message, fix: 'Write a number with fewer digits.' };
}

function apart({ path, wanted, fix, either = [] }: PyError): Finding {
  const offers = either.map((key) => {
    return { says: `Remove "${key}".`, repair: [{ do: 'remove', path: [key] } as const] };
  });
  return { path, message: wanted, ...(fix === undefined ? {} : { fix }), ...(offers.length === 0 ? {} : { offers }) };
}

/** Where a value stands; undefined when it is not in the tree. */
function pathTo(root: PyNode, wanted: PyNode): SpecPath | undefined {
  if (root === wanted) return [];
  const inner: (readonly [string | number, PyNode])[] =
    root.kind === 'object'
      ? [...root.last].map(([key, { value }]) => [key, value])
      : root.kind === 'array'
        ? root.items.map((item, index) => [index, item])
        : [];
  for (const [step, node] of inner) {
    const found = pathTo(node, wanted);
    if (found !== undefined) return [step, ...found];
  }
  return undefined;
}
