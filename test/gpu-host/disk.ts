/** What survives a reboot of the host: one folder, at the same path on the host and on this machine. */
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accounts, USER } from './accounts.js';
import { HomeVolume } from './home-volume.js';
import { installHostPrograms } from './host-programs.js';
import type { Settings } from './options.js';

/** Folders of the host that root alone fills; where files/init.sh puts the first ones is plain from their names. */
const FOLDERS = [
  'etc/docker',
  'opt',
  'usr/bin',
  'usr/local',
  'var/log',
  'lib',
  'log',
  'docker',
  'gpus',
  'home',
  'client',
];
const OPEN_FOLDERS = ['tmp', 'var/tmp'];

export class Disk {
  readonly user = USER.name;
  readonly home: string;
  /** Where the state of the GPUs is. */
  readonly gpus: string;
  /** Name of the control groups below which the host's containers run. */
  readonly cgroup: string;
  private readonly volume: HomeVolume | undefined;

  private constructor(
    readonly folder: string,
    homeBytes: number | undefined,
  ) {
    this.home = this.path('home', USER.name);
    this.gpus = this.path('gpus');
    this.cgroup = path.basename(folder);
    this.volume = homeBytes === undefined ? undefined : new HomeVolume(folder, homeBytes);
  }

  /** Makes the folder with the accounts and the user's empty home. */
  static async create(settings: Settings): Promise<Disk> {
    // The process id tells a later host whose test was killed before it could clean up.
    const folder = await mkdtemp(path.join(tmpdir(), `${DISK_PREFIX}${process.pid}-`));
    const disk = new Disk(folder, settings.homeBytes);
    chmodSync(folder, 0o755); // the user must reach the home in it
    for (const name of [...FOLDERS, ...OPEN_FOLDERS]) mkdirSync(disk.path(name), { recursive: true });
    for (const name of OPEN_FOLDERS) chmodSync(disk.path(name), 0o1777);
    await disk.volume?.mount();
    mkdirSync(disk.home, { mode: 0o700 });
    disk.give(disk.home);
    for (const [name, text] of Object.entries(accounts(disk.home, settings)))
      writeFileSync(disk.path('etc', name), text);
    await disk.install(settings);
    return disk;
  }

  path(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  /** Makes a file or folder the user's. */
  give(file: string): void {
    chownSync(file, USER.id, USER.id);
  }

  /** Where the engine keeps images and containers. */
  get dockerData(): string {
    return this.path('docker');
  }

  setClockSkew(seconds: number): void {
    writeFileSync(this.clockSkew, `${seconds}\n`);
  }

  /** The home's own file system; throws when the host was brought up without one. */
  get homeVolume(): HomeVolume {
    if (this.volume !== undefined) return this.volume;
    throw new Error('The home of this host has no size: bring it up with the option homeBytes.');
  }

  async remove(): Promise<void> {
    if (this.volume !== undefined) await HomeVolume.unmount(this.folder);
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  private async install(settings: Settings): Promise<void> {
    const { gpus, clockSkew } = this;
    await installHostPrograms({ bin: this.path('usr', 'bin'), lib: this.path('lib'), gpus, clockSkew }, settings);
  }

  private get clockSkew(): string {
    return this.path('etc', 'clock-skew');
  }
}

/** Begins the name of every host's folder, before the id of the process that made it. */
export const DISK_PREFIX = 'cosmos-gpu-host-';
