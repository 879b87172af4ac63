/** A real OpenSSH server on the loopback, in namespaces of its own: users, processes and mounts end with it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.js';
import { PATIENCE } from './limits.js';
import { SHARED_TMP } from './tmp.js';

/** The user that tests log in as; not root, and known to this server alone. */
export const SSH_USER = 'ada';
const UID = 4711;

export interface SshdOptions {
  /** Login shell of the user. */
  readonly shell?: string;
  /** Lines of sshd_config that have precedence over ours. */
  readonly config?: readonly string[];
  /** Size of a file system of its own at ~/small: "3m". */
  readonly tmpfs?: string;
  /** Lines of the PAM service that logs people in (pam.d), for `UsePAM yes`. */
  readonly pam?: readonly string[];
  /** Text of the user's start file: .bashrc, config.fish, .cshrc. */
  readonly startFile?: { readonly name: string; readonly text: string };
  /** More users, each with a home of its own; the same key opens the door to all. */
  readonly accounts?: readonly Account[];
}

export interface Account {
  readonly name: string;
  readonly shell: string;
  /** Files of the home by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Lines of sshd_config for this user alone. */
  readonly config?: readonly string[];
}

export class Sshd {
  readonly home: string;
  /** The user's private key, not encrypted. */
  readonly identityFile: string;
  private process: ChildProcess | undefined;
  private text = '';
  private readonly lines = new EventEmitter();

  private constructor(
    readonly root: string,
    readonly port: number,
    private readonly options: SshdOptions,
  ) {
    this.home = path.join(root, 'home');
    this.identityFile = path.join(root, 'id');
  }

  /** Up and answering; down when the test ends. */
  static async up(options: SshdOptions = {}): Promise<Sshd> {
    const root = realpathSync(mkdtempSync(path.join(SHARED_TMP, 'cosmos-sshd-')));
    chmodSync(root, 0o711); // the user has to reach the home folder
    const sshd = new Sshd(root, await freePort(), options);
    onTestFinished(async () => {
      await sshd.kill();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    });
    sshd.prepare();
    await sshd.start();
    return sshd;
  }

  /** "SHA256:..." of the host key. */
  get fingerprint(): string {
    return fingerprint(path.join(this.root, 'host.pub'));
  }

  /** Home folder of one of `accounts`. */
  homeOf(account: string): string {
    return path.join(this.root, 'homes', account);
  }

  /** The line of known_hosts that knows this server. */
  get knownHostsLine(): string {
    const [type, key] = readFileSync(path.join(this.root, 'host.pub'), 'utf8').split(' ');
    return `[127.0.0.1]:${this.port} ${type} ${key}`;
  }

  /** What the server wrote so far, at DEBUG1. */
  log(): string {
    return this.text;
  }

  /** Resolves when the server has written it, now or before. */
  async logged(words: string): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE);
    while (!this.text.includes(words)) await once(this.lines, 'more', { signal });
  }

  /** Lets people in by these keys, and no others. */
  allow(...publicKeys: readonly string[]): void {
    const lines = publicKeys.map((file) => `${readFileSync(file, 'utf8').trim()}\n`);
    writeFileSync(path.join(this.root, 'authorized_keys'), lines.join(''), { mode: 0o644 });
  }

  /** A new key pair for the host; takes effect with the next start. */
  newHostKey(type = 'ed25519'): void {
    rmSync(path.join(this.root, 'host'), { force: true });
    keygen(path.join(this.root, 'host'), '', type);
  }

  /** Lines that have precedence over ours; take effect with the next start. */
  configure(lines: readonly string[]): void {
    writeFileSync(path.join(this.root, 'sshd_config'), [...lines, ...this.config()].join('\n'));
  }

  async start(): Promise<void> {
    // util-linux: when this process dies, the namespace's first process is killed, and with it everything inside.
    const argv = [
      '--pid',
      '--mount',
      '--fork',
      '--kill-child=KILL',
      '--mount-proc',
      'sh',
      path.join(this.root, 'inside.sh'),
    ];
    this.text = '';
    const child = spawn('unshare', argv, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
      this.lines.emit('more');
    });
    this.process = child;
    await this.logged('Server listening');
  }

  /** Stops every process of the server, so that it falls silent with its connections open. */
  freeze(): void {
    this.signal('STOP');
  }

  thaw(): void {
    this.signal('CONT');
  }

  /** Everything at once, sessions too; open connections are cut. */
  async kill(): Promise<void> {
    const running = this.process;
    this.process = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  }

  private signal(name: 'STOP' | 'CONT'): void {
    const namespace = this.process?.pid;
    if (namespace === undefined) return;
    const tree = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
    const rows = tree
      .trim()
      .split('\n')
      .map((row) => row.trim().split(/\s+/).map(Number));
    const ids = [namespace];
    for (const id of ids) ids.push(...rows.filter(([, parent]) => parent === id).flatMap(([child]) => child ?? []));
    for (const id of ids.slice(1)) process.kill(id, `SIG${name}`);
  }

  private prepare(): void {
    const { shell = '/bin/bash', config = [], startFile, accounts = [] } = this.options;
    mkdirSync(this.home, { recursive: true });
    keygen(path.join(this.root, 'host'));
    keygen(this.identityFile);
    this.allow(`${this.identityFile}.pub`);
    const user = `${SSH_USER}:*:${UID}:${UID}:test:${this.home}:${shell}\n`;
    const privsep = 'sshd:*:4712:65534::/run/sshd:/usr/sbin/nologin\n';
    const others = readFileSync('/etc/passwd', 'utf8').replace(/^sshd:.*\n/m, '');
    const more = accounts.map(({ name, shell: its }) => `${name}:*:${UID}:${UID}:test:${this.homeOf(name)}:${its}\n`);
    writeFileSync(path.join(this.root, 'passwd'), others + privsep + user + more.join(''));
    if (startFile !== undefined) write(path.join(this.home, startFile.name), startFile.text);
    for (const { name, files = {} } of accounts) {
      mkdirSync(this.homeOf(name), { recursive: true });
      for (const [file, text] of Object.entries(files)) write(path.join(this.homeOf(name), file), text);
    }
    execFileSync('chown', ['-R', `${UID}:${UID}`, this.home, ...accounts.map(({ name }) => this.homeOf(name))]);
    this.configure(config);
    writeFileSync(path.join(this.root, 'pam'), (this.options.pam ?? []).map((line) => `${line}\n`).join(''));
    writeFileSync(path.join(this.root, 'inside.sh'), inside(this.root, this.options));
  }

  private config(): string[] {
    return [
      `Port ${this.port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${this.root}/host`,
      'PidFile none',
      `AuthorizedKeysFile ${this.root}/authorized_keys`,
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'UsePAM no',
      'StrictModes no',
      'UseDNS no',
      'PrintMotd no',
      'MaxStartups 100',
      'LogLevel DEBUG1',
      'Subsystem sftp internal-sftp',
      ...(this.options.accounts ?? []).flatMap(({ name, config = [] }) =>
        config.length === 0 ? [] : [`Match User ${name}`, ...config],
      ),
      '',
    ];
  }
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A key pair as ssh-keygen makes it. */
export function keygen(file: string, passphrase = '', type = 'ed25519'): void {
  const size = type === 'rsa' ? ['-b', '2048'] : [];
  const rounds = passphrase === '' ? [] : ['-a', '1']; // ssh2 derives the key in JavaScript, which takes long
  execFileSync('ssh-keygen', [
    '-q',
    '-t',
    type,
    ...size,
    ...rounds,
    '-N',
    passphrase,
    '-C',
    path.basename(file),
    '-f',
    file,
  ]);
}

export function fingerprint(publicKey: string): string {
  return execFileSync('ssh-keygen', ['-lf', publicKey], { encoding: 'utf8' }).split(' ')[1] ?? '';
}

/** /run of its own for sshd's empty folder, and the list of users with ours in it. */
function inside(root: string, { tmpfs, pam }: SshdOptions): string {
  const small = `mkdir -p '${root}/home/small' && mount -t tmpfs -o size=${tmpfs},uid=${UID} tmpfs '${root}/home/small'`;
  return `set -e
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
mount --bind '${root}/passwd' /etc/passwd
${tmpfs === undefined ? ':' : small}
${pam === undefined ? ':' : `mount --bind '${root}/pam' /etc/pam.d/sshd`}
exec /usr/sbin/sshd -D -e -f '${root}/sshd_config'
`;
}
