/** Programs of files/ in C, compiled once for each version of their source. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { asset, cacheFolder } from './assets.js';
import { must } from './execute.js';

/** Path of what gcc makes of the source with these flags. */
export async function compiled(source: string, ...flags: string[]): Promise<string> {
  const file = asset(source);
  const version = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
  const made = path.join(cacheFolder, `${path.basename(source, '.c')}-${version}`);
  if (existsSync(made)) return made;
  mkdirSync(cacheFolder, { recursive: true });
  const part = `${made}.${process.pid}`;
  await must(['gcc', '-O2', '-Wall', '-Werror', ...flags, '-o', part, file]);
  renameSync(part, made);
  return made;
}
