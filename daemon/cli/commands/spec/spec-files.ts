/** Finds the spec files that the arguments of a command name. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { CosmosError } from '../../../errors.js';
import { pathKey } from '../../../local-path.js';

/** A file to check, or the reason why an argument names none. */
export type SpecFile = { readonly file: string } | { readonly error: CosmosError };

/**
 * Patterns become the files that they match, sorted, each file once, as in cosmos-framework (common/args.py:1043-1056).
 */
export async function specFiles(args: readonly string[]): Promise<SpecFile[]> {
  const expanded = await Promise.all(args.map(expand));
  const seen = new Set<string>();
  return expanded.flat().filter((one) => {
    if ('error' in one) return true;
    const key = pathKey(path.resolve(one.file));
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

async function expand(argument: string): Promise<SpecFile[]> {
  if (!argument.includes('*') || existsSync(path.resolve(argument))) return [{ file: argument }];
  const pattern = path.sep === '\\' ? argument.replaceAll('\\', '/') : argument;
  const found = await glob(pattern, {
    absolute: path.isAbsolute(argument),
    expandDirectories: false,
    // Python's glob knows "*", "?" and "[...]" only.
    braceExpansion: false,
    extglob: false,
  });
  if (found.length === 0) return [{ error: new CosmosError('not_found', `No file matches ${argument}.`) }];
  return found.sort().map((file) => ({ file: path.normalize(file) }));
}
