/** The host's namespaces: processes, mounts, name and, behind a WAN, network. Killing their first process ends all. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { childrenOf } from '../support/processes.js';
import { asset } from './assets.js';
import type { Disk } from './disk.js';
import { CLEAN_ENV, must } from './execute.js';
import type { Settings } from './options.js';

export class Machine {
  private shell: ChildProcess | undefined;
  private init = 0;

  constructor(
    private readonly disk: Disk,
    private readonly settings: Pick<Settings, 'name' | 'wan'>,
  ) {}

  /** Process id of the host's first process, as this machine counts. */
  get pid(): number {
    if (this.shell === undefined) throw new Error('The host is not up.');
    return this.init;
  }

  async boot(): Promise<void> {
    const network = this.settings.wan === undefined ? [] : ['--net'];
    const namespaces = ['--pid', '--mount', '--uts', ...network, '--fork', '--kill-child=KILL', '--mount-proc'];
    const init = ['bash', asset('init.sh'), this.disk.folder, this.settings.name];
    const shell = spawn('unshare', [...namespaces, ...init], { env: CLEAN_ENV, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    shell.stderr.on('data', (data) => (said += data));
    const [answer] = await Promise.race([once(shell.stdout, 'data'), once(shell, 'close')]);
    if (String(answer).trim() !== 'ready') throw new Error(`The host's namespaces could not be made: ${said.trim()}`);
    this.shell = shell;
    this.init = childrenOf(shell.pid ?? 0)[0] ?? 0;
  }

  /** Argv that runs `argv` as root inside; the namespaces are entered by util-linux's nsenter. */
  command(argv: readonly string[]): string[] {
    return ['nsenter', '--target', String(this.pid), '--pid', '--mount', '--uts', '--net', '--', ...argv];
  }

  /** Path of this machine for a path that only the host sees, such as a socket below its /run. */
  inside(path: string): string {
    return `/proc/${this.pid}/root${path}`;
  }

  /** Signals a process by the id it has inside. */
  async kill(pid: number, signal: NodeJS.Signals): Promise<void> {
    await must(this.command(['kill', '-s', signal.slice(3), String(pid)]));
  }

  /** Ends the first process, and the kernel every other one with it. */
  async halt(): Promise<void> {
    const { shell } = this;
    if (shell === undefined) return;
    this.shell = undefined;
    process.kill(this.init, 'SIGKILL');
    if (shell.exitCode === null && shell.signalCode === null) await once(shell, 'exit');
  }
}
