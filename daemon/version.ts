/** The version of this installation, from its package.json. */
import { readFileSync } from 'node:fs';

/** @throws Error when package.json is not there or has no version: the installation is damaged */
export function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url); // seen from dist/daemon
  const facts: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const version = typeof facts === 'object' && facts !== null && 'version' in facts ? facts.version : undefined;
  if (typeof version !== 'string') throw new Error(`${file.pathname} has no version.`);
  return version;
}
