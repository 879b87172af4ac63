/** Files beside these sources that are not TypeScript; they are used from the repository, also by compiled code. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = repositoryAbove(path.dirname(fileURLToPath(import.meta.url)));

export function asset(name: string): string {
  return path.join(repository, 'test', 'gpu-host', 'files', name);
}

/** A folder that outlives the tests and is no part of the repository. */
export const cacheFolder = path.join(repository, 'node_modules', '.cache');

function repositoryAbove(folder: string): string {
  return existsSync(path.join(folder, 'package.json')) ? folder : repositoryAbove(path.dirname(folder));
}
