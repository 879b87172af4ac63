/** Our own SSH connection to a host of test/gpu-host. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '../../daemon/clock.js';
import { Keychain } from '../../daemon/host/shell/keys/keychain.js';
import { SshConnection } from '../../daemon/host/shell/ssh.js';
import { resolveTarget } from '../../daemon/host/shell/target.js';
import type { GpuHost } from '../gpu-host/gpu-host.js';

/** What one has to know of a host to log in there. */
export type Login = Pick<GpuHost, 'identityFile' | 'sshOptions' | 'address' | 'port' | 'user'>;

/** Trusts the key that the host has now; the caller closes the connection. */
export function connectTo(machine: Login): Promise<SshConnection> {
  const home = path.join(path.dirname(machine.identityFile), 'our-client');
  mkdirSync(home, { recursive: true });
  const config = path.join(home, 'config');
  const known = machine.sshOptions.find((word) => word.startsWith('UserKnownHostsFile='))?.split('=')[1] ?? '';
  writeFileSync(
    config,
    `Host gpu\n  HostName ${machine.address}\n  Port ${machine.port}\n  User ${machine.user}\n` +
      `  IdentityFile ${machine.identityFile}\n  UserKnownHostsFile ${known}\n`,
  );
  const target = resolveTarget('gpu', {
    ...{ home, localUser: 'me', localUid: '1000', localHost: 'laptop.example', variables: {}, defaultAgent: undefined },
    configFiles: [config],
    systemKnownHosts: [],
    addresses: () => [],
    homeOf: () => undefined,
  });
  const keychain = new Keychain(async () => {
    throw new Error('no passphrase should be asked for');
  });
  return SshConnection.open(target, { clock: systemClock, knownHosts: path.join(home, 'known_hosts'), keychain });
}
