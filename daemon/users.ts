/** Names of this machine's users, for sentences. */
import { readFileSync } from 'node:fs';

/** "ann (uid 1000)"; the number alone where the name is not in /etc/passwd. */
export function describeUser(uid: number): string {
  const name = nameOf(uid);
  return name === undefined ? `uid ${uid}` : `${name} (uid ${uid})`;
}

function nameOf(uid: number): string | undefined {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return lines.map((line) => line.split(':')).find((fields) => fields[2] === String(uid))?.[0];
  } catch {
    return undefined;
  }
}
