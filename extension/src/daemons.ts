/** Which daemon this window talks to: that of this machine, or one whose address the settings name. */
import { watch } from 'node:fs';
import type { SecretStorage } from 'vscode';
import type { Address } from './client.js';
import { findDaemon, startDaemon } from './daemon.js';
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
    return settings.url === '' ? findDaemon(settings) : this.elsewhere(settings.url);
  }

  async start(): Promise<Address> {
    const settings = this.settings();
    if (settings.url === '') return startDaemon(settings);
    throw new Problem('daemon_unreachable', `A daemon at ${settings.url} can only be started there.`, ['settings']);
  }

  async mayHaveCome(signal: AbortSignal): Promise<void> {
    const { stateDir, url } = this.settings();
    await Promise.race([
      aborted(signal),
      later(LOOK_EVERY, signal),
      ...(url === '' ? [changed(stateDir, signal)] : []),
    ]);
  }

  private async elsewhere(url: string): Promise<Address> {
    const token = await this.secrets.get(tokenKey(url));
    if (token !== undefined) return { url, token };
    throw new Problem('unauthorized', `The token of the daemon at ${url} is not known yet.`, ['token', 'settings']);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function later(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

/** Resolves with the next change in the state folder; never when it cannot be watched. */
function changed(folder: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    try {
      const watcher = watch(folder, { signal }, () => {
        watcher.close();
        resolve();
      });
      watcher.on('error', () => {});
    } catch {
      // The folder is not there before the first start: the timer looks instead.
    }
  });
}
