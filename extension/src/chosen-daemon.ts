/** Chooses the daemon for this window: that of this machine, or the one whose address is in the settings. */
import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import type { Address } from '../../client/connect.js';
import { fileStats } from './file-stats.js';
import type { Daemons } from './link.js';
import { notSetUp, Problem } from './problem.js';
import type { DaemonSettings } from './settings.js';

/** Milliseconds between two looks where no event reports a new daemon. */
const LOOK_EVERY = 5000;

/** Key in the secret storage for the token of a daemon on another machine. */
export function tokenKey(url: string): string {
  return `cosmos.token ${url}`;
}

/** The settings are read at every look, so a change needs no reload of the window. */
export class ConfiguredDaemons implements Daemons {
  constructor(
    private readonly settings: () => DaemonSettings,
    private readonly secrets: Pick<SecretStorage, 'get'>,
  ) {}

  get autoStart(): boolean {
    const { autoStart, url } = this.settings();
    return autoStart && url === '';
  }

  async find(): Promise<Address | undefined> {
    const settings = this.settings();
    return settings.url === '' ? (await local()).findDaemon(settings) : this.elsewhere(settings.url);
  }

  async start(): Promise<Address> {
    const settings = this.settings();
    if (settings.url === '') return (await local()).startDaemon(settings);
    throw new Problem('daemon_unreachable', `A daemon at ${settings.url} can only be started there.`, ['settings']);
  }

  async hasCrashed(): Promise<boolean> {
    const { url, stateDir } = this.settings();
    return url === '' && (await local()).hasCrashed(stateDir);
  }

  setUp(): string | undefined {
    const { command, installFile, url } = this.settings();
    if (url !== '' || command.length > 0) return JSON.stringify([url, command]);
    const facts = fileStats(installFile);
    return facts && `${installFile} ${facts.ino} ${facts.size} ${facts.mtimeMs}`;
  }

  idle(): Problem {
    if (this.setUp() === undefined) return notSetUp(this.settings().installFile);
    return new Problem('daemon_unreachable', 'The daemon is not running.', ['start']);
  }

  /** Must free everything it opens, because it is called every few seconds while there is no daemon. */
  mayHaveCome(signal: AbortSignal): Promise<void> {
    const { stateDir, installFile, url } = this.settings();
    const before = this.setUp();
    return new Promise((resolve) => {
      const timer = setTimeout(done, LOOK_EVERY);
      const watchers =
        url === '' ? [watched(path.join(stateDir, 'daemon.json'), done), watched(installFile, done)] : [];
      signal.addEventListener('abort', done);
      if (signal.aborted || this.setUp() !== before) done(); // it changed before the listeners were there
      function done(): void {
        clearTimeout(timer);
        for (const watcher of watchers) watcher?.close();
        signal.removeEventListener('abort', done);
        resolve();
      }
    });
  }

  private async elsewhere(url: string): Promise<Address> {
    const token = await this.secrets.get(tokenKey(url));
    if (token !== undefined) return { url, token };
    throw new Problem('unauthorized', `The token of the daemon at ${url} is not known yet.`, ['token', 'settings']);
  }
}

/** Imported late because it loads zod: see extension.ts. */
const local = () => import('./daemon.js');

/**
 * Watches a file that appears, changes or is removed. If its folder does not exist, the nearest existing parent folder
 * is watched. undefined if watching is impossible: the timer looks instead.
 */
function watched(file: string, onChange: () => void): FSWatcher | undefined {
  const folder = path.dirname(file);
  try {
    const name = path.basename(file);
    const watcher = watch(folder, (_, changed) => (changed === null || changed === name) && onChange());
    watcher.on('error', () => {}); // the timer looks
    return watcher;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing && folder !== path.dirname(folder) ? watched(folder, onChange) : undefined;
  }
}
