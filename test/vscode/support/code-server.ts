/** A real VS Code: code-server with a throw-away home, which is stopped with all that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PATIENCE } from '../../support/limits.js';
import { serverEntry, serverNode } from './paths.js';

/** Quiet, and without anything that would ask the network. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'files.autoSave': 'off',
  'workbench.quickOpen.closeOnFocusLost': false, // a view that is drawn late would close the palette
};

/** The settings file of the person, inside the home. */
export function writeSettings(home: string, settings: Readonly<Record<string, unknown>>): void {
  const file = path.join(home, 'data/User/settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...SETTINGS, ...settings }));
}

export interface ServerOptions {
  /** Empty folder of its own, made by the caller; short, because sockets lie in it. */
  readonly home: string;
  /** What the extension sees, for example COSMOS_STATE_DIR. */
  readonly env?: Readonly<Record<string, string>>;
  /** The person's own. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of scope `machine`: VS Code reads them from nowhere else here. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Workspaces are to be trusted before they may do everything. */
  readonly workspaceTrust?: boolean;
  /** Notices are shown by themselves, as people have it. Without it they stand in the list of notices only. */
  readonly toasts?: boolean;
}

export class CodeServer {
  private readonly gone: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    /** Without a slash at its end. */
    readonly url: string,
  ) {
    this.gone = once(child, 'close');
  }

  static async start(options: ServerOptions): Promise<CodeServer> {
    prepareHome(options);
    const args = [
      '--bind-addr',
      '127.0.0.1:0',
      '--auth',
      'none',
      ...FLAGS,
      ...(options.toasts ? [] : DRIVER),
      ...(options.workspaceTrust ? [] : [NO_TRUST]),
    ];
    const child = spawn(serverNode, [...entry(options.home), ...args], {
      env: environment(options),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own, so that close() reaches extension hosts as well
    });
    try {
      return new CodeServer(child, await listening(child));
    } catch (error) {
      endGroup(child);
      throw error;
    }
  }

  /** Installs a VSIX as `code --install-extension` does; before start(). */
  static async install(options: ServerOptions, vsix: string): Promise<void> {
    prepareHome(options);
    const child = spawn(serverNode, [...entry(options.home), '--install-extension', vsix], {
      env: environment(options),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const words = collect(child);
    const [code] = await once(child, 'close');
    if (code !== 0 || !words().includes('successfully installed')) throw new Error(`install failed: ${words()}`);
  }

  async close(): Promise<void> {
    endGroup(this.child);
    await this.gone;
  }
}

const NO_TRUST = '--disable-workspace-trust';
const FLAGS = [
  '--disable-telemetry',
  '--disable-update-check',
  '--disable-getting-started-override',
  '--disable-proxy',
  '--ignore-last-opened',
];
/** Without it a built VS Code has no ear for extensionDevelopmentPath and extensionTestsPath; with it, no toasts. */
const DRIVER = ['--vscode-option', 'enable-smoke-test-driver'];

function entry(home: string): string[] {
  const place = (name: string) => path.join(home, name);
  return [
    serverEntry,
    '--config',
    place('config.yaml'),
    '--user-data-dir',
    place('data'),
    '--extensions-dir',
    place('ext'),
  ];
}

function prepareHome({ home, settings = {}, machineSettings = {} }: ServerOptions): void {
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
    writeFileSync(path.join(home, file), text);
  };
  for (const folder of ['home', 'ext', 't']) mkdirSync(path.join(home, folder), { recursive: true });
  write('config.yaml', 'auth: none\ncert: false\n');
  writeSettings(home, settings);
  write('data/Machine/settings.json', JSON.stringify(machineSettings));
}

/** Nothing of the person's own VS Code, and no file outside of the home: VS Code never removes its sockets. */
function environment({ home, env = {} }: ServerOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|npm_|COSMOS_|NODE_|VITEST|PORT$|PASSWORD$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    HOME: path.join(home, 'home'),
    XDG_CONFIG_HOME: path.join(home, 'home/.config'),
    XDG_DATA_HOME: path.join(home, 'home/.local/share'),
    XDG_CACHE_HOME: path.join(home, 'home/.cache'),
    XDG_RUNTIME_DIR: path.join(home, 't'),
    TMPDIR: path.join(home, 't'),
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: '' }), // else it looks for extensions in the network
    ...env,
  };
}

/** The address it says it listens at. */
function listening(child: ChildProcess): Promise<string> {
  const words = collect(child);
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`code-server ${why}: ${words()}`));
    const timer = setTimeout(() => fail('did not start in time'), PATIENCE);
    child.once('exit', () => fail('ended'));
    child.once('error', (error) => fail(error.message));
    child.stdout?.on('data', () => {
      const found = /server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(words())?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (data) => (text += data));
  child.stderr?.on('data', (data) => (text += data));
  return () => text;
}

/** Nothing it holds is worth an orderly end. */
function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  process.kill(-child.pid, 'SIGKILL');
}
