/** A home of its own with ~/.ssh, and targets seen from it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../daemon/clock.js';
import type { SshEnvironment } from '../../daemon/host/shell/config/environment.js';
import type { DialOptions } from '../../daemon/host/shell/dial-options.js';
import { type AskPassphrase, Keychain } from '../../daemon/host/shell/keys/keychain.js';
import { SshConnection } from '../../daemon/host/shell/ssh.js';
import { resolveTarget, type SshTarget } from '../../daemon/host/shell/target.js';
import { SSH_USER, Sshd } from './sshd.js';
import { tempDir } from './tmp.js';

const nobodyToAsk: AskPassphrase = async () => {
  throw new Error('no passphrase should be asked for');
};

export class SshClient {
  readonly home = tempDir();
  /** Our own known_hosts. */
  readonly knownHosts = path.join(this.home, 'state', 'known_hosts');
  readonly environment: SshEnvironment;
  readonly options: DialOptions;

  constructor(variables: Record<string, string> = {}, ask: AskPassphrase = nobodyToAsk) {
    mkdirSync(this.ssh(), { mode: 0o700 });
    this.environment = {
      home: this.home,
      localUser: 'me',
      localUid: '1000',
      localHost: 'laptop.example',
      variables,
      defaultAgent: undefined,
      configFiles: [this.ssh('config'), path.join(this.home, 'system', 'ssh_config')],
      systemKnownHosts: [path.join(this.home, 'system', 'ssh_known_hosts')],
      addresses: () => ['127.0.0.1', '10.1.2.3', 'fe80::5%eth0'],
      homeOf: (user) => (user === 'me' ? this.home : undefined),
    };
    this.options = { clock: systemClock, knownHosts: this.knownHosts, keychain: new Keychain(ask) };
  }

  ssh(...parts: string[]): string {
    return path.join(this.home, '.ssh', ...parts);
  }

  config(text: string): this {
    writeFileSync(this.ssh('config'), text);
    return this;
  }

  /** Lines of the user's ~/.ssh/known_hosts. */
  knows(...lines: readonly string[]): this {
    writeFileSync(this.ssh('known_hosts'), `${lines.join('\n')}\n`);
    return this;
  }

  target(ssh: string): SshTarget {
    return resolveTarget(ssh, this.environment);
  }

  /** Connected until the test ends. */
  async open(ssh: string, options: Partial<DialOptions> = {}): Promise<SshConnection> {
    const connection = await SshConnection.open(this.target(ssh), { ...this.options, ...options });
    onTestFinished(() => connection.close());
    return connection;
  }
}

/** A client that knows the server as "gpu" and has its key. */
export function clientOf(sshd: Sshd, more = ''): SshClient {
  const client = new SshClient().knows(sshd.knownHostsLine);
  return client.config(`Host gpu\n${hostBlock(sshd)}${more}`);
}

/** What a Host section has to say to reach the server. */
export function hostBlock(sshd: Sshd, user = SSH_USER): string {
  return `  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${user}\n  IdentityFile ${sshd.identityFile}\n`;
}

/** A connection to a fresh server. */
export async function connected(options: Parameters<typeof Sshd.up>[0] = {}) {
  const sshd = await Sshd.up(options);
  return { sshd, connection: await clientOf(sshd).open('gpu') };
}

/** A client that knows the server and has these lines in its configuration, but no key. */
export function bareClient(sshd: Sshd, config: string, ...rest: ConstructorParameters<typeof SshClient>): SshClient {
  const client = new SshClient(...rest).knows(sshd.knownHostsLine);
  return client.config(`Host gpu\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${SSH_USER}\n${config}`);
}
