/** Facts about this machine and its user that decide how an SSH host is reached. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface SshEnvironment {
  readonly home: string;
  readonly localUser: string;
  /** The number as text; "-1" on systems without user ids. */
  readonly localUid: string;
  readonly localHost: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Socket of the agent when SSH_AUTH_SOCK names none. */
  readonly defaultAgent: string | undefined;
  /** ssh_config files: the user's, then those of the system; Include is relative to the folder of each. */
  readonly configFiles: readonly string[];
  /** The system's known_hosts files. */
  readonly systemKnownHosts: readonly string[];
  /** Addresses of this machine's network interfaces. */
  readonly addresses: () => readonly string[];
  /** The home folder of another user; undefined when it is not known. */
  readonly homeOf: (user: string) => string | undefined;
}

/** The real one: ~/.ssh and the system's folder of OpenSSH. */
export function systemEnvironment(): SshEnvironment {
  const home = os.homedir();
  const { username, uid } = os.userInfo();
  const system =
    process.platform === 'win32' ? path.join(process.env.PROGRAMDATA ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return {
    home,
    localUser: username,
    localUid: String(uid),
    localHost: os.hostname(),
    variables: process.env,
    defaultAgent: process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined,
    configFiles: [path.join(home, '.ssh', 'config'), path.join(system, 'ssh_config')],
    systemKnownHosts: [path.join(system, 'ssh_known_hosts'), path.join(system, 'ssh_known_hosts2')],
    addresses: () =>
      Object.values(os.networkInterfaces()).flatMap((found) => found?.map(({ address }) => address) ?? []),
    homeOf: (user) => (user === username ? home : homeInPasswd(user)),
  };
}

/** passwd(5): name, password, ids, comment, home; macOS and Windows keep their users elsewhere. */
function homeInPasswd(user: string): string | undefined {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return lines.find((line) => line.startsWith(`${user}:`))?.split(':')[5];
  } catch {
    return undefined;
  }
}
