/** Checks a spec: what NVIDIA's validator says, and what it lets through and then fails on or ignores. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { type CheckReport, Cosmos3Spec, type Dialect, type Issue, Transfer25Spec } from '../../schemas/index.js';
import { CosmosError } from '../errors.js';
import { detectDialect, type SpecObject } from './dialect.js';
import { cosmos3Rules } from './rules/cosmos3.js';
import { filesExist } from './rules/files.js';
import { mediaRules } from './rules/media.js';
import type { Finding, Rule, SpecFacts } from './rules/rule.js';
import { transfer25Rules } from './rules/transfer25.js';
import { locate, locateKey, parseSpecText, type SpecText } from './spec-json.js';
import { findingsOf } from './zod-findings.js';

const DIALECTS: Readonly<
  Record<Dialect, { schema: typeof Transfer25Spec | typeof Cosmos3Spec; rules: readonly Rule[] }>
> = {
  'transfer2.5': { schema: Transfer25Spec, rules: transfer25Rules },
  cosmos3: { schema: Cosmos3Spec, rules: cosmos3Rules },
};

/**
 * Checks the text of `file`. The dialect is told by the keys unless it is given. Files are looked for relative to the
 * folder of `file`, unless `facts` knows better (inputs that lie elsewhere until they are staged).
 */
export function checkSpec(file: string, text: string, dialect?: Dialect, facts: Partial<SpecFacts> = {}): CheckReport {
  const spec = parseSpecText(text);
  const engine = dialect ?? detectDialect(spec.object ?? {});
  const known: SpecFacts = { exists: beside(file), media: new Map(), ...facts };
  const issues = spec.object === null ? syntaxIssues(spec) : inspect(spec, spec.object, engine, known);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const rejected = errors.some(({ source }) => source === 'nvidia');
  return { file, engine, nvidia: rejected ? 'rejects' : 'accepts', ok: errors.length === 0, issues };
}

function beside(file: string): SpecFacts['exists'] {
  const folder = path.dirname(path.resolve(file));
  return (named) => statSync(path.resolve(folder, named), { throwIfNoEntry: false })?.isFile() ?? false;
}

function syntaxIssues({ problems }: SpecText): Issue[] {
  return problems.map(({ at, message }) => {
    return { severity: 'error', source: 'nvidia', code: 'json', path: [], ...at, message };
  });
}

function inspect(spec: SpecText, object: SpecObject, dialect: Dialect, facts: SpecFacts): Issue[] {
  const { schema, rules } = DIALECTS[dialect];
  const parsed = schema.safeParse(object, { reportInput: true });
  const shape = parsed.success ? [] : findingsOf(parsed.error, schema, dialect);
  // Rules look at raw values and leave wrong types to the schema, so both may speak at once.
  const found = [filesExist, ...rules, ...mediaRules].flatMap((rule) => rule({ dialect, spec: object, facts }));
  return [...shape, ...found].map((finding) => toIssue(finding, spec)).sort(byPlace);
}

function toIssue({ source = 'preflight', path: at, ...finding }: Finding, spec: SpecText): Issue {
  const position = finding.code === 'unknown_key' ? locateKey(spec, at) : locate(spec, at);
  return { source, path: [...at], ...position, ...finding };
}

function byPlace(a: Issue, b: Issue): number {
  return a.line - b.line || a.column - b.column;
}

/** @param name of the clip or spec, for the sentence. @throws CosmosError spec_invalid with all issues. */
export function requireOk({ ok, issues }: CheckReport, name: string): void {
  if (ok) return;
  const [first, ...more] = issues.filter(({ severity }) => severity === 'error');
  const rest = more.length > 0 ? ` (and ${more.length} more)` : '';
  const fix = first?.fix === undefined ? '' : ` ${first.fix}`;
  throw new CosmosError('spec_invalid', `The spec of ${name}: ${first?.message}${rest}.${fix}`, { issues });
}
