/** Says in one sentence what this machine lacks for a GPU host. */
import { accessSync, constants } from 'node:fs';

/** Debian package by the program it brings; `npm test` installs them (.dev/setup.mjs). */
const PROGRAMS: Readonly<Record<string, string>> = {
  '/usr/sbin/sshd': 'openssh-server',
  '/usr/bin/docker': 'docker.io',
  '/usr/bin/unshare': 'util-linux',
};

export function requirePrograms(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error(
      'A test host needs Linux and root, for its namespaces: run the tests with sudo, or in a container.',
    );
  }
  const missing = Object.entries(PROGRAMS).flatMap(([file, name]) => (isProgram(file) ? [] : [name]));
  if (missing.length === 0) return;
  throw new Error(`A test host needs ${missing.join(', ')}. Run: sudo apt-get install ${missing.join(' ')}`);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
