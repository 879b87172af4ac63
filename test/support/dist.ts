import path from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Absolute path of a compiled file, such as "daemon/main.js"; `npm test` builds before it runs. */
export function distFile(name: string): string {
  return path.join(dist, name);
}
