/** Turns the changes in the text of a job's spec into options of job.edit. Pure. */
import { isDeepStrictEqual } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { JobOptions } from '../../../schemas/index.js';
import { detectDialect, hintOf, isObject, namesOf, type SpecObject } from '../../../schemas/spec/dialect.js';
import { Problem } from '../problem.js';

/** @throws Problem spec_invalid for changes that an existing job cannot take: another name, or a removed field. */
export function jobChanges(before: SpecObject, after: SpecObject): JobOptions {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = keys.filter((key) => !isDeepStrictEqual(before[key], after[key]));
  const changes: Changes = { options: {}, set: {}, weights: {} };
  for (const key of changed) take(key, before[key], after[key], detectDialect(before), changes);
  const { options, set, weights } = changes;
  return {
    ...options,
    ...(Object.keys(set).length === 0 ? {} : { set }),
    ...(Object.keys(weights).length === 0 ? {} : { weights }),
  };
}

interface Changes {
  readonly options: Pick<JobOptions, 'prompt'>;
  readonly set: NonNullable<JobOptions['set']>;
  readonly weights: NonNullable<JobOptions['weights']>;
}

type Dialect = ReturnType<typeof detectDialect>;

function take(key: string, was: unknown, is: unknown, dialect: Dialect, changes: Changes): void {
  const hint = hintOf(key);
  if (hint !== undefined && namesOf(dialect).blocks.includes(key)) {
    if (is === undefined || is === null) changes.weights[hint] = 'off';
    else if (isObject(is)) takeBlock(key, hint, isObject(was) ? was : {}, is, dialect, changes);
    else throw refused(l10n.t('"{0}" has to be an object: { ... }.', key));
    return;
  }
  if (key === 'name') throw refused(l10n.t('The name of a job stays; queue a variation to give another.'));
  if (is === undefined) throw gone(key);
  if (key === 'prompt' && typeof is === 'string') changes.options.prompt = is;
  else changes.set[key] = jsonOf(is);
}

function takeBlock(
  block: string,
  hint: keyof Changes['weights'],
  was: SpecObject,
  is: SpecObject,
  dialect: Dialect,
  { set, weights }: Changes,
): void {
  const { weight } = namesOf(dialect);
  if (Object.keys(was).length === 0 && is[weight] === undefined) weights[hint] = 1; // the default of both models
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const value = is[key];
    if (isDeepStrictEqual(was[key], value)) continue;
    if (value === undefined) throw gone(`${block}.${key}`);
    if (key === weight && typeof value === 'number' && value >= 0 && value <= 1) weights[hint] = value;
    else set[`${block}.${key}`] = jsonOf(value);
  }
}

/** The value is JSON, because it was parsed from a text. */
function jsonOf(value: unknown): Changes['set'][string] {
  return JSON.parse(JSON.stringify(value));
}

function gone(field: string): Problem {
  return refused(l10n.t('"{0}" cannot be taken out of a job; write the value that it should have.', field));
}

function refused(message: string): Problem {
  return new Problem('spec_invalid', message);
}
