/** A Docker engine of the host's own, with containerd and runc, at Docker's usual socket. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Disk } from './disk.js';
import { CLEAN_ENV, until } from './execute.js';
import type { Machine } from './machine.js';

export interface Restart {
  /** SIGTERM is `systemctl restart docker`, SIGKILL a crash. */
  readonly signal?: 'SIGTERM' | 'SIGKILL';
  /** Whether containers outlive the engine; as before when left out. */
  readonly liveRestore?: boolean;
}

export class Dockerd {
  private server: ChildProcess | undefined;

  constructor(
    private readonly disk: Disk,
    private readonly machine: Machine,
    private liveRestore: boolean,
  ) {}

  /** Resolves when the engine answers. */
  async start(): Promise<void> {
    this.writeConfig();
    const [file = '', ...args] = this.machine.command(['dockerd', ...this.flags()]);
    const log = openSync(this.disk.path('log', 'dockerd.log'), 'a');
    const server = spawn(file, args, { env: CLEAN_ENV, stdio: ['ignore', log, log] });
    closeSync(log);
    this.server = server;
    await until('dockerd answers', async () => {
      if (server.exitCode !== null) throw new Error(`dockerd ended: ${this.log().slice(-2000)}`);
      return (await this.ask('/_ping')) === 'OK';
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { server } = this;
    if (server === undefined || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    await this.signal(signal);
    await gone;
  }

  async restart({ signal = 'SIGTERM', liveRestore = this.liveRestore }: Restart = {}): Promise<void> {
    await this.setLiveRestore(liveRestore);
    await this.stop(signal);
    await this.start();
  }

  log(): string {
    return readFileSync(this.disk.path('log', 'dockerd.log'), 'utf8');
  }

  /** The engine takes this setting while it runs, and must have it before it ends. */
  private async setLiveRestore(wanted: boolean): Promise<void> {
    if (wanted === this.liveRestore) return;
    this.liveRestore = wanted;
    this.writeConfig();
    await this.signal('SIGHUP');
    await until('dockerd took its new settings', async () => {
      return (await this.ask('/info')).includes(`"LiveRestoreEnabled":${wanted}`);
    });
  }

  private async signal(signal: NodeJS.Signals): Promise<void> {
    await this.machine.kill(Number(readFileSync(this.machine.inside('/run/docker.pid'), 'utf8')), signal);
  }

  /** No bridge and no packet filter: the network of this machine stays as it is. */
  private flags(): string[] {
    return [
      `--config-file=${this.configFile}`,
      `--data-root=${this.disk.path('docker')}`,
      '--exec-root=/run/docker',
      '--pidfile=/run/docker.pid',
      '--host=unix:///run/docker.sock',
      '--group=docker',
      `--cgroup-parent=/${this.disk.cgroup}`,
      '--bridge=none',
      '--iptables=false',
      '--ip6tables=false',
      '--ip-forward=false',
      '--ip-masq=false',
    ];
  }

  private writeConfig(): void {
    writeFileSync(this.configFile, JSON.stringify({ 'live-restore': this.liveRestore }));
  }

  /** A GET of the engine's API; empty while nobody answers. */
  private async ask(path: string): Promise<string> {
    const asked = request({ socketPath: this.machine.inside('/run/docker.sock'), path, agent: false });
    try {
      const answer = once(asked, 'response');
      asked.end();
      const [response] = await answer;
      return await text(response);
    } catch {
      return '';
    }
  }

  private get configFile(): string {
    return this.disk.path('etc', 'docker.json');
  }
}
