/** Writes a home folder for the demo, whose .ssh knows one host; the real ~/.ssh is neither read nor written. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HostAccess } from './access.js';

export type Login = Pick<HostAccess, 'address' | 'port' | 'user' | 'identityFile' | 'knownHosts'>;

/** Writes it; gives the path of the ssh_config. */
export function writeSshHome(home: string, alias: string, access: Login): string {
  const folder = path.join(home, '.ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const known = path.join(folder, 'known_hosts');
  writeFileSync(known, `${access.knownHosts}\n`, { mode: 0o600 });
  const config = path.join(folder, 'config');
  writeFileSync(config, sshConfig(alias, access, known), { mode: 0o600 });
  return config;
}

function sshConfig(alias: string, { address, port, user, identityFile }: Login, known: string): string {
  return `# Written by "cosmos demo".
Host ${alias}
  HostName ${address}
  Port ${port}
  User ${user}
  IdentityFile "${identityFile}"
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile "${known}"
  GlobalKnownHostsFile none
`;
}
