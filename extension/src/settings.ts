/** The extension's settings with types. All have machine scope, so no workspace can name a program or an address. */
import { homedir } from 'node:os';
import path from 'node:path';
import envPaths from 'env-paths';
import { workspace } from 'vscode';

const standard = envPaths('cosmos-bridge', { suffix: '' });

export interface DaemonSettings {
  /** Absolute state folder of the daemon of this machine. */
  readonly stateDir: string;
  /** Path of install.json, which says how the daemon is started. */
  readonly installFile: string;
  /** Command line that is used instead; empty = that of install.json. */
  readonly command: readonly string[];
  /** Whether a daemon is started without a question; never in an untrusted workspace. */
  readonly autoStart: boolean;
  /** Address of a daemon on another machine; empty = the daemon of this machine. */
  readonly url: string;
}

/** An empty environment variable counts as not set, as in shells. */
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

/** Environment variables that lead a program of ours to the same daemon. */
export function daemonEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const { stateDir } = daemonSettings(env);
  return { COSMOS_STATE_DIR: stateDir, ...(env.COSMOS_CONFIG && { COSMOS_CONFIG: env.COSMOS_CONFIG }) };
}

function withHome(file: string): string {
  return file.replace(/^~(?=$|[/\\])/, homedir());
}
