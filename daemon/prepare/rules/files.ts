/** Files the spec names must exist; both validators look for them relative to the spec's folder. */
import { filesIn } from '../dialect.js';
import type { Rule } from './rule.js';

const URL_SCHEME = /^(https?|s3):\/\//; // cosmos_framework inference/args.py:272-279; transfer2.5 takes local files only

export const filesExist: Rule = ({ dialect, spec, facts }) => {
  const named = filesIn(spec, dialect);
  const prompt = typeof spec.prompt_path === 'string' ? [{ path: ['prompt_path'], value: spec.prompt_path }] : [];
  return [...named, ...prompt]
    .filter(({ value }) => !(dialect === 'cosmos3' && URL_SCHEME.test(value)) && !facts.exists(value))
    .map(({ path, value }) => ({
      severity: 'error' as const,
      source: 'nvidia' as const,
      code: 'file_missing',
      path,
      message: `${path.join('.')}: there is no file ${value === '' ? '""' : value}`,
      fix: 'Paths are relative to the folder of the spec; "~" and addresses do not work.',
    }));
};
