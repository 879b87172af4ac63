/** The paths of all files of one daemon. No other file builds these paths. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';
import { type Closed, closeFolder, makePrivate } from './private-folder.js';

const standard = envPaths('cosmos-bridge', { suffix: '' });

/** The state folder when neither --state-dir nor COSMOS_STATE_DIR names one. */
export const defaultStateDir = standard.data;
/** Folder of cosmos.toml and install.json. */
export const configDir = standard.config;

export class StateDir {
  readonly root: string;

  constructor(root: string) {
    this.root = path.resolve(root);
  }

  get database() {
    return this.at('cosmos.db');
  }
  /** An exclusive transaction on it is the lock that allows one daemon; it ends with the process. */
  get lock() {
    return this.at('lock.db');
  }
  /** Host keys that were trusted here, in OpenSSH's format; those of ~/.ssh count as well. */
  get knownHosts() {
    return this.at('known_hosts');
  }
  get discovery() {
    return this.at('daemon.json');
  }
  get daemonLog() {
    return this.at('daemon.log');
  }
  /** The watchdog's report about a blocked event loop: schemas/standstill.ts. */
  get standstill() {
    return this.at('standstill.json');
  }
  /** The jobs that the daemon works on now, and those during whose work it crashed: watchdog/at-work.ts. */
  get atWork() {
    return this.at('at-work.json');
  }
  get encodeCache() {
    return this.at('cache', 'encode');
  }
  /** Cache of ffprobe's results for media files that specs name; without it they are measured again. */
  get mediaCache() {
    return this.at('cache', 'media.json');
  }
  get casRoot() {
    return this.at('cas');
  }
  /** Submissions that Houdini leaves here while no daemon runs. */
  get spool() {
    return this.at('spool');
  }
  /** Root folder of the built-in local host. */
  get localHost() {
    return this.at('local');
  }

  /** A file by the SHA-256 of its content (lower-case hex). */
  cas(sha256: string): string {
    return this.at('cas', sha256.slice(0, 2), sha256);
  }
  job(id: string): string {
    return this.at('jobs', id);
  }
  /** Folder with the daemon's copy of a run's log. */
  run(id: string): string {
    return this.at('runs', id);
  }
  runLog(id: string): string {
    return path.join(this.run(id), 'log');
  }

  /** Creates the folders for their owner alone. @throws CosmosError config_invalid when other users can replace them */
  create(): void {
    makePrivate(this.root);
    for (const folder of [
      this.encodeCache,
      this.casRoot,
      this.localHost,
      this.spool,
      this.at('jobs'),
      this.at('runs'),
    ]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
  }

  /**
   * Closes it to other users, also files that an administrator or a backup put there; `create` has checked its path.
   * @throws CosmosError config_invalid where that cannot be done
   */
  close(): Closed {
    return closeFolder(this.root);
  }

  private at(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }
}
