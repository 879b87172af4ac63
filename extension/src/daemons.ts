/** Which daemon this window talks to: that of this machine, or one whose address the settings name. */
import { type FSWatcher, watch } from 'node:fs';
import type { SecretStorage } from 'vscode';
import type { Address } from './client.js';
import type { Daemons } from './link.js';
import { Problem } from './problem.js';
import type { DaemonSettings } from './settings.js';

/** Milliseconds between two looks where no event tells that a daemon came. */
const LOOK_EVERY = 5000;

/** Key of the secret storage that holds the token of a daemon elsewhere. */
export function tokenKey(url: string): string {
  return `cosmos.token ${url}`;
}

/** Settings are read anew at every look: a change of them needs no reload of the window. */
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

  /** Leaves nothing behind: it is called every few seconds for as long as there is no daemon. */
  mayHaveCome(signal: AbortSignal): Promise<void> {
    const { stateDir, url } = this.settings();
    return new Promise((resolve) => {
      const timer = setTimeout(done, LOOK_EVERY);
      const watcher = url === '' ? watched(stateDir, done) : undefined;
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
      function done(): void {
        clearTimeout(timer);
        watcher?.close();
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

/** Brings zod along: see extension.ts. */
const local = () => import('./daemon.js');

/** undefined when the folder cannot be watched, as before the first start: the timer looks instead. */
function watched(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, onChange);
    watcher.on('error', () => {}); // the timer looks
    return watcher;
  } catch {
    return undefined;
  }
}
