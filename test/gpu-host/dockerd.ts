/** A Docker engine of the host's own, with containerd and runc, at Docker's usual socket. */
import { once } from 'node:events';
import { createReadStream, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Disk } from './disk.js';
import { until } from './execute.js';
import { ImageCache } from './image-cache.js';
import type { Machine } from './machine.js';
import { Service } from './service.js';

/** Docker's own places. */
const PID_FILE = '/run/docker.pid';
const SOCKET = '/run/docker.sock';

export interface Restart {
  /** SIGTERM is `systemctl restart docker`, SIGKILL a crash. */
  readonly signal?: 'SIGTERM' | 'SIGKILL';
  /** Whether containers outlive the engine; as before when left out. */
  readonly liveRestore?: boolean;
}

export class Dockerd {
  private readonly service: Service;

  constructor(
    private readonly disk: Disk,
    private readonly machine: Machine,
    private liveRestore: boolean,
  ) {
    this.service = new Service(machine, disk.path('log', 'dockerd.log'), PID_FILE);
  }

  /** Resolves when the engine answers. */
  async start(): Promise<void> {
    this.writeConfig();
    await this.service.start(['dockerd', ...this.flags()], async () => (await this.ask('/_ping')) === 'OK');
  }

  /** Starts with these images on the disk; the first time for a set of images takes longer. */
  async startWith(images: readonly string[]): Promise<void> {
    if (images.length === 0) return this.start();
    const cache = new ImageCache(images);
    if (cache.has()) {
      await cache.giveTo(this.disk.dockerData);
      return this.start();
    }
    await this.start();
    for (const image of images) await this.load(image);
    await this.stop();
    await cache.takeFrom(this.disk.dockerData);
    await this.start();
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.service.stop(signal);
  }

  async restart({ signal = 'SIGTERM', liveRestore = this.liveRestore }: Restart = {}): Promise<void> {
    await this.setLiveRestore(liveRestore);
    await this.stop(signal);
    await this.start();
  }

  /** The engine takes this setting while it runs, and must have it before it ends. */
  private async setLiveRestore(wanted: boolean): Promise<void> {
    if (wanted === this.liveRestore) return;
    this.liveRestore = wanted;
    this.writeConfig();
    await this.service.signal('SIGHUP');
    await until('dockerd took its new settings', async () => {
      return (await this.ask('/info')).includes(`"LiveRestoreEnabled":${wanted}`);
    });
  }

  /** No bridge and no packet filter: the network of this machine stays as it is. */
  private flags(): string[] {
    return [
      `--config-file=${this.configFile}`,
      `--data-root=${this.disk.dockerData}`,
      '--exec-root=/run/docker',
      `--pidfile=${PID_FILE}`,
      `--host=unix://${SOCKET}`,
      '--group=docker',
      `--cgroup-parent=/${this.disk.cgroup}`,
      // Not the slices of a systemd that the host does not run.
      '--exec-opt=native.cgroupdriver=cgroupfs',
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

  /** `docker load`; over the engine's socket, because this machine's files are not all on the host. */
  private async load(image: string): Promise<void> {
    const answer = await this.call('POST', '/images/load?quiet=1', createReadStream(image));
    if (answer.includes('"error"')) throw new Error(`The engine could not load ${image}: ${answer.trim()}`);
  }

  /** A GET of the engine's API; empty while there is no answer. */
  private async ask(path: string): Promise<string> {
    return this.call('GET', path).catch(() => '');
  }

  private async call(method: string, path: string, body = Readable.from([])): Promise<string> {
    const headers = { 'Content-Type': 'application/x-tar' };
    const asked = request({ socketPath: this.machine.inside(SOCKET), method, path, headers, agent: false });
    const answered = once(asked, 'response');
    const [, [response]] = await Promise.all([pipeline(body, asked), answered]);
    return text(response);
  }

  private get configFile(): string {
    return this.disk.path('etc', 'docker.json');
  }
}
