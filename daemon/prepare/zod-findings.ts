/** zod's complaints about a spec as plain sentences, with "did you mean" for unknown keys. */
import { z } from 'zod';
import type { Dialect } from '../../schemas/index.js';
import { nearest } from '../near.js';
import type { Finding } from './rules/rule.js';

type Path = readonly (string | number)[];

/** `schema` is the dialect's object schema; its keys are what an unknown key is compared with. */
export function findingsOf(error: z.ZodError, schema: z.ZodObject, dialect: Dialect): Finding[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    if (issue.code !== 'unrecognized_keys') return [valueFinding(issue, path)];
    return issue.keys.map((key) => unknownKey(key, path, schema, dialect));
  });
}

/** transfer2.5 drops unknown keys inside a control block without a word (config.py:428-429): worse than refusing them. */
function unknownKey(key: string, path: Path, schema: z.ZodObject, dialect: Dialect): Finding {
  const where = path.length === 0 ? 'a spec' : `"${path.join('.')}"`;
  const silent = dialect === 'transfer2.5' && path.length > 0;
  const meant = suggestion(key, path, schema, dialect);
  return {
    severity: 'error',
    source: silent ? 'preflight' : 'nvidia',
    code: 'unknown_key',
    path: [...path, key],
    message: `${where} has no "${key}"${silent ? '; NVIDIA would silently ignore it' : ''}`,
    fix: meant === undefined ? 'Remove it.' : `Did you mean "${meant}"?`,
  };
}

/** Names that the other dialect, NVIDIA's own messages or its older releases use. */
const FORMER: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  'transfer2.5': {
    blur: 'vis',
    weight: 'control_weight',
    vision_path: 'video_path',
    input_video_path: 'video_path',
    not_keep_input_resolution: 'keep_input_resolution',
    input_control: 'control_path',
  },
  cosmos3: { vis: 'blur', control_weight: 'weight', video_path: 'vision_path', flow_shift: 'shift' },
};

function suggestion(key: string, path: Path, schema: z.ZodObject, dialect: Dialect): string | undefined {
  const known = knownKeys(schema, path);
  const former = FORMER[dialect][key];
  if (former !== undefined && known.includes(former)) return former;
  return nearest(key, known, 1)[0];
}

/** Keys of the object at `path` inside the schema, looking through nullable, optional and default. */
function knownKeys(schema: z.ZodObject, path: Path): string[] {
  let at: unknown = schema;
  for (const key of path) at = at instanceof z.ZodObject ? bare(at.shape[key]) : undefined;
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function bare(schema: unknown): unknown {
  let at = schema;
  while (at instanceof z.ZodDefault || at instanceof z.ZodNullable || at instanceof z.ZodOptional) at = at.unwrap();
  return at;
}

function valueFinding(issue: z.core.$ZodIssue, path: Path): Finding {
  const field = path.length === 0 ? 'the spec' : path.join('.');
  return { severity: 'error', source: 'nvidia', code: issue.code, path, message: `${field}: ${sentence(issue, path)}` };
}

function sentence(issue: z.core.$ZodIssue, path: Path): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'this is required';
      return `must be ${articled(issue.expected)}${issue.expected === 'string' ? ' in quotes' : ''}`;
    case 'too_small':
      return `must be at least ${String(issue.minimum)}`;
    case 'too_big':
      return `must be at most ${String(issue.maximum)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'custom':
      return issue.message;
    default:
      return `${issue.message.toLowerCase()} (${path.join('.')})`;
  }
}

function articled(type: string): string {
  switch (type) {
    case 'int':
      return 'a whole number';
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'object':
      return 'an object: { ... }';
    case 'array':
      return 'a list: [ ... ]';
    default:
      return `a ${type}`;
  }
}
