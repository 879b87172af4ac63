/** The version of this installation, from its package.json. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Package = z.object({ version: z.string() });

export function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url); // seen from dist/daemon
  return Package.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
