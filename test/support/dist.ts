import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout; or dist/ itself, when this was compiled. */
const here = fileURLToPath(new URL('../../', import.meta.url));
const dist = path.basename(here) === 'dist' ? here : path.join(here, 'dist');

/** Absolute path of a compiled file, such as "daemon/main.js"; `npm test` builds before it runs. */
export function distFile(name: string): string {
  return path.join(dist, name);
}
