/** A disposable GPU host: real sshd, real Docker engine, stub GPUs. Up in seconds, gone without a trace. */
import { freePort } from '../support/free-port.js';
import { removeCgroups } from './cgroups.js';
import { ClientFiles } from './client-files.js';
import { Disk } from './disk.js';
import { Dockerd, type Restart } from './dockerd.js';
import { execute, must, type ProgramResult } from './execute.js';
import { Gpus } from './gpus.js';
import { sweepLeftovers } from './leftovers.js';
import { Machine } from './machine.js';
import { type GpuHostOptions, type Settings, withDefaults } from './options.js';
import { requirePrograms } from './programs.js';
import { Sshd } from './sshd.js';
import { WanLink } from './wan-link.js';

export class GpuHost {
  /** The GPUs, as `nvidia-smi` and the engine's GPU hook see them. */
  readonly gpus: Gpus;
  private readonly sshd: Sshd;
  private readonly dockerd: Dockerd;
  private readonly machine: Machine;
  private readonly link: WanLink | undefined;

  private constructor(
    private readonly settings: Settings,
    private readonly disk: Disk,
    private readonly client: ClientFiles,
    port: number,
  ) {
    this.machine = new Machine(disk, settings);
    this.link = settings.wan && new WanLink(settings.wan);
    const address = this.link?.address ?? '127.0.0.1';
    this.sshd = new Sshd(disk, this.machine, { address, port, lines: settings.sshdConfig });
    this.dockerd = new Dockerd(disk, this.machine, settings.liveRestore);
    this.gpus = new Gpus(disk.gpus);
  }

  /** Linux and root only; throws a sentence with the command to type when a program is missing. */
  static async up(options: GpuHostOptions = {}): Promise<GpuHost> {
    requirePrograms();
    await sweepLeftovers();
    const settings = withDefaults(options);
    const disk = await Disk.create(settings);
    const client = await ClientFiles.create(disk);
    const port = settings.wan === undefined ? await freePort() : 22;
    const host = new GpuHost(settings, disk, client, port);
    try {
      await host.boot(settings.images);
      return host;
    } catch (error) {
      await host.down();
      throw error;
    }
  }

  /** Id of the host's first process, as this machine counts; /proc/PID/root is the host's whole file system. */
  get pid(): number {
    return this.machine.pid;
  }

  get address(): string {
    return this.sshd.address;
  }

  get port(): number {
    return this.sshd.port;
  }

  /** Not root. */
  get user(): string {
    return this.disk.user;
  }

  /** The user's home, at the same path here and on the host. */
  get home(): string {
    return this.disk.home;
  }

  /** A folder of the user's: what a test gives as the `root` of the host. Nobody has made it yet. */
  get root(): string {
    return `${this.disk.home}/cosmos`;
  }

  /** Private key without a passphrase that the user may log in with. */
  get identityFile(): string {
    return this.client.identityFile;
  }

  /** Makes a key under a passphrase that the user may log in with; gives the path of the private key. */
  lockedIdentity(passphrase: string): Promise<string> {
    return this.client.lockedIdentity(passphrase);
  }

  /** Fingerprint of the host key, as ssh shows it: "SHA256:...". */
  get hostKey(): string {
    return this.sshd.fingerprint;
  }

  /** What OpenSSH's own programs need to reach this host alone: `ssh ...sshOptions user@address`. */
  get sshOptions(): readonly string[] {
    return this.client.options(this.address, this.port, this.sshd.publicKey);
  }

  /** Logs in by OpenSSH's client; the words are joined for the login shell, as ssh does. */
  ssh(...words: string[]): Promise<ProgramResult> {
    return execute(['ssh', ...this.sshOptions, `${this.user}@${this.address}`, '--', ...words]);
  }

  /** A sh script as root, on the host but not over SSH; `args` are its $1, $2, ... */
  sh(script: string, ...args: string[]): Promise<ProgramResult> {
    return execute(this.command('sh', '-c', script, 'sh', ...args));
  }

  /** `docker` as root on the host. */
  docker(...argv: string[]): Promise<ProgramResult> {
    return execute(this.command('docker', ...argv));
  }

  /** Argv that runs a program as root on the host: for a test that wants to keep it running. */
  command(...argv: string[]): string[] {
    return this.machine.command(argv);
  }

  /** What sshd wrote (LogLevel DEBUG1), over all its starts: shows also what was not tried. */
  serverLog(): string {
    return this.sshd.log();
  }

  /** Nobody listens any more; sessions go on, as when a distribution's service is stopped. */
  stopSshd(): Promise<void> {
    return this.sshd.stop();
  }

  /** Listens again, with the same host key. */
  startSshd(): Promise<void> {
    return this.sshd.start();
  }

  /** Ends the sessions there are, as a cut connection does, and gives the number of their processes. */
  dropSessions(): Promise<number> {
    return this.sshd.dropSessions();
  }

  /** Another host key, as after a new installation; sessions go on. */
  replaceHostKey(): Promise<void> {
    return this.sshd.replaceHostKey();
  }

  stopDockerd(signal?: NodeJS.Signals): Promise<void> {
    return this.dockerd.stop(signal);
  }

  startDockerd(): Promise<void> {
    return this.dockerd.start();
  }

  /** Ends the engine and starts it again; resolves when it answers. */
  restartDockerd(how?: Restart): Promise<void> {
    return this.dockerd.restart(how);
  }

  /** The container's first process gets the signal, and Docker learns of it only by its end. */
  async killContainer(container: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const pid = await must(this.command('docker', 'inspect', '--format', '{{.State.Pid}}', container));
    await this.machine.kill(Number(pid), signal);
  }

  /** Everything that ran ends at once, as by a power cut; what is on the disk stays. */
  async reboot(): Promise<void> {
    await this.halt();
    await this.boot();
  }

  /** The power cut alone; `boot` brings the host back. */
  async halt(): Promise<void> {
    await this.link?.down();
    await this.machine.halt();
    await removeCgroups(this.disk.cgroup);
  }

  /** The power is back; `images` only for the very first time. */
  async boot(images: readonly string[] = []): Promise<void> {
    await this.machine.boot();
    await this.link?.up(this.machine.pid);
    await Promise.all([this.sshd.start(), this.settings.docker && this.dockerd.startWith(images)]);
  }

  /** Packets are dropped in both directions without an error. Only behind a WAN. */
  cutNetwork(): void {
    this.wan.cut();
  }

  healNetwork(): void {
    this.wan.heal();
  }

  /** Changes the line from the next packet on. */
  get wan(): WanLink {
    if (this.link === undefined) throw new Error('This host has no line of its own: bring it up with the option wan.');
    return this.link;
  }

  /** Leaves so many bytes free in the user's home; needs the option homeBytes. */
  fillDisk(leaveBytes = 0): Promise<void> {
    return this.disk.homeVolume.fill(leaveBytes);
  }

  /** Takes back what fillDisk took. */
  freeDisk(): Promise<void> {
    return this.disk.homeVolume.free();
  }

  /**
   * Sets `date` ahead (or behind, when negative). One kernel has one wall clock, so only the program `date` lies on the
   * host; times of files do not.
   */
  setClockSkew(seconds: number): void {
    this.disk.setClockSkew(seconds);
  }

  /** Ends everything and removes every trace. May be called twice. */
  async down(): Promise<void> {
    await this.halt();
    await this.disk.remove();
  }
}
