/** The extension's settings, typed. All of them are of the machine: no workspace can name a program or an address. */
import { homedir } from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';
import { workspace } from 'vscode';

const standard = envPaths('cosmos-bridge', { suffix: '' });

export interface DaemonSettings {
  /** Absolute state folder of the daemon of this machine. */
  readonly stateDir: string;
  /** install.json: how it is started. */
  readonly installFile: string;
  /** Command line that starts it instead; empty = install.json's. */
  readonly command: readonly string[];
  /** Never without the trust of the workspace. */
  readonly autoStart: boolean;
  /** Address of a daemon elsewhere; empty = that of this machine. */
  readonly url: string;
}

/** An empty variable counts as not set, as shells write it. */
export function daemonSettings(env: NodeJS.ProcessEnv = process.env): DaemonSettings {
  const settings = workspace.getConfiguration('cosmos.daemon');
  const configured = settings.get('stateDir', '');
  const configFolder = env.COSMOS_CONFIG ? path.dirname(path.resolve(withHome(env.COSMOS_CONFIG))) : standard.config;
  return {
    stateDir: path.resolve(withHome(configured.trim() || env.COSMOS_STATE_DIR || standard.data)),
    installFile: path.join(configFolder, 'install.json'),
    command: settings.get<string[]>('command', []),
    autoStart: workspace.isTrusted && settings.get('autoStart', true),
    url: settings.get('url', '').trim(),
  };
}

/** What tells a program of ours of the same daemon, beside what the window has. */
export function daemonEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const { stateDir } = daemonSettings(env);
  return { COSMOS_STATE_DIR: stateDir, ...(env.COSMOS_CONFIG && { COSMOS_CONFIG: env.COSMOS_CONFIG }) };
}

function withHome(file: string): string {
  return file.replace(/^~(?=$|[/\\])/, homedir());
}
