/** What of this machine and its user decides how an SSH host is reached. */
import os from 'node:os';
import path from 'node:path';

export interface SshEnvironment {
  readonly home: string;
  readonly localUser: string;
  readonly localHost: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Socket of the agent when SSH_AUTH_SOCK names none. */
  readonly defaultAgent: string | undefined;
  /** ssh_config files, the first has precedence; Include is relative to the folder of each. */
  readonly configFiles: readonly string[];
  /** The system's known_hosts files. */
  readonly systemKnownHosts: readonly string[];
}

/** The real one: ~/.ssh and the system's folder of OpenSSH. */
export function systemEnvironment(): SshEnvironment {
  const home = os.homedir();
  const system =
    process.platform === 'win32' ? path.join(process.env.PROGRAMDATA ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return {
    home,
    localUser: os.userInfo().username,
    localHost: os.hostname(),
    variables: process.env,
    defaultAgent: process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined,
    configFiles: [path.join(home, '.ssh', 'config'), path.join(system, 'ssh_config')],
    systemKnownHosts: [path.join(system, 'ssh_known_hosts'), path.join(system, 'ssh_known_hosts2')],
  };
}
