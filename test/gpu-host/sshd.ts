/** A real OpenSSH server on the host, with its distribution's settings except where a test needs another. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Disk } from './disk.js';
import { execute, must } from './execute.js';
import type { Machine } from './machine.js';
import { Service } from './service.js';

const PID_FILE = '/run/sshd.pid';

interface ListenAddress {
  readonly address: string;
  readonly port: number;
  /** Lines of sshd_config that come first, and so win. */
  readonly lines: readonly string[];
}

export class Sshd {
  private readonly service: Service;

  constructor(
    private readonly disk: Disk,
    private readonly machine: Machine,
    private readonly place: ListenAddress,
  ) {
    this.service = new Service(machine, disk.path('log', 'sshd.log'), PID_FILE);
  }

  get address(): string {
    return this.place.address;
  }

  get port(): number {
    return this.place.port;
  }

  /** The host key as known_hosts writes it: type and base64. */
  get publicKey(): string {
    return readFileSync(`${this.keyFile}.pub`, 'utf8').split(' ').slice(0, 2).join(' ').trim();
  }

  get fingerprint(): string {
    const blob = Buffer.from(this.publicKey.split(' ')[1] ?? '', 'base64');
    return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  }

  log(): string {
    return this.service.log();
  }

  /** Resolves when it listens. Makes the host key when there is none. */
  async start(): Promise<void> {
    if (!existsSync(this.keyFile)) await this.makeKey();
    writeFileSync(this.configFile, this.config());
    const argv = ['/usr/sbin/sshd', '-D', '-e', '-f', this.configFile];
    await this.service.start(argv, (log) => log.includes('Server listening on'));
  }

  /** Stops listening; sessions go on, as they do when a distribution's service is stopped. */
  async stop(): Promise<void> {
    await this.service.stop('SIGTERM');
  }

  /** Ends the connections there are, and gives the number of their processes; what they started on the host goes on. */
  async dropSessions(): Promise<number> {
    const { stdout } = await execute(this.machine.command(['pgrep', '-x', 'sshd']));
    const listener = this.service.isRunning ? String(this.service.pid) : undefined;
    const sessions = stdout.split('\n').filter((pid) => pid !== '' && pid !== listener);
    if (sessions.length > 0) await execute(this.machine.command(['kill', '-s', 'KILL', ...sessions]));
    return sessions.length;
  }

  /** Another host key, as after a new installation. */
  async replaceHostKey(): Promise<void> {
    rmSync(this.keyFile);
    await this.stop();
    await this.start();
  }

  private async makeKey(): Promise<void> {
    await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'host', '-f', this.keyFile]);
  }

  private config(): string {
    const { address, port, lines } = this.place;
    return [
      ...lines,
      `ListenAddress ${address}:${port}`,
      `HostKey ${this.keyFile}`,
      `PidFile ${PID_FILE}`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'PrintMotd no',
      'UseDNS no',
      'LogLevel DEBUG1',
      // Debian's own: unlike internal-sftp, it is started through the login shell.
      'Subsystem sftp /usr/lib/openssh/sftp-server',
      '',
    ].join('\n');
  }

  private get keyFile(): string {
    return this.disk.path('etc', 'ssh_host_ed25519_key');
  }

  private get configFile(): string {
    return this.disk.path('etc', 'sshd_config');
  }
}
