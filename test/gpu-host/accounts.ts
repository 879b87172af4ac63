/** The accounts of the host: root, sshd's own user, and the user who logs in, who is not root. */
import type { LoginShell, Settings } from './options.js';

/** No system hands out this id by itself (they stop at 60000), so nothing of this machine belongs to the user. */
export const USER = { name: 'artist', id: 62_001 };
const DOCKER_GROUP = 62_002;

const SHELLS: Readonly<Record<LoginShell, string>> = {
  bash: '/bin/bash',
  fish: '/usr/bin/fish',
  tcsh: '/usr/bin/tcsh',
};

/** The files of /etc that name the accounts, by file name. */
export function accounts(home: string, settings: Pick<Settings, 'shell' | 'dockerGroup'>): Record<string, string> {
  const { name, id } = USER;
  const nobody = 65_534;
  return {
    passwd: lines(
      'root:x:0:0:root:/root:/bin/bash',
      `sshd:x:101:${nobody}::/run/sshd:/usr/sbin/nologin`,
      `nobody:x:${nobody}:${nobody}:nobody:/nonexistent:/usr/sbin/nologin`,
      `${name}:x:${id}:${id}::${home}:${SHELLS[settings.shell]}`,
    ),
    group: lines(
      'root:x:0:',
      'tty:x:5:',
      `nogroup:x:${nobody}:`,
      `docker:x:${DOCKER_GROUP}:${settings.dockerGroup ? name : ''}`,
      `${name}:x:${id}:`,
    ),
    // "*" is no password anybody has; "!" would make sshd take the account for locked.
    shadow: lines('root:*:19000::::::', `${name}:*:19000::::::`),
  };
}

function lines(...each: string[]): string {
  return `${each.join('\n')}\n`;
}
