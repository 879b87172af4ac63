/** Parts of a test in VS Code that end with it: daemon, server, browser, windows. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { Discovery } from '../../../schemas/index.js';
import { DaemonProcess, type Workspace, workspace } from '../../support/daemon.js';
import { writeSequences } from '../../support/passes.js';
import { tempDir } from '../../support/tmp.js';
import { Browser } from './browser.js';
import { CodeServer, type ServerOptions } from './code-server.js';
import { linkExtension } from './link-extension.js';
import { root, vsix } from './paths.js';
import { Workbench } from './workbench.js';

const WATCH = '[[watch]]\npath = EXPORTS\nsettle = 0.2\n';

export interface Scene {
  readonly space: Workspace;
  readonly daemon: DaemonProcess;
}

/** Folders of a test: a watched one with one clip, `street`. No daemon runs yet. */
export function newScene(toml = WATCH): Workspace {
  const space = workspace(toml);
  writeSequences(path.join(space.exports, 'street'), { passes: ['color', 'depth'] });
  return space;
}

/** The same, with a daemon (preview engine) beside it. */
export async function startScene(toml = WATCH): Promise<Scene> {
  const space = newScene(toml);
  return { space, daemon: await startDaemon(space) };
}

export async function startDaemon(space: Workspace): Promise<DaemonProcess> {
  const daemon = DaemonProcess.start(space);
  await daemon.discovery();
  onTestFinished(() => killLater(space, daemon));
  return daemon;
}

/** A test may kill the daemon; the extension then starts another one, which is nobody's child. */
function killLater({ stateDir }: Workspace, { pid }: DaemonProcess): void {
  const file = path.join(stateDir, 'daemon.json');
  if (!existsSync(file)) return;
  const last = Discovery.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (last.pid !== pid) process.kill(last.pid, 'SIGKILL');
}

/** What tells the extension of that daemon, whether or not it runs. */
export function environmentOf({ stateDir, config, exports }: Workspace): Record<string, string> {
  return { COSMOS_STATE_DIR: stateDir, COSMOS_CONFIG: config, COSMOS_TEST_EXPORTS: exports };
}

export type FixtureOptions = Omit<ServerOptions, 'home'> & { readonly extension?: 'linked' | 'installed' | 'absent' };

/** Linked = the extension is there as if it had been installed, which takes less time than to install its VSIX. */
export async function startServer({ extension = 'linked', ...options }: FixtureOptions): Promise<CodeServer> {
  const home = tempDir();
  if (extension === 'linked') linkExtension(home);
  if (extension === 'installed') await CodeServer.install({ ...options, home }, vsix);
  const server = await CodeServer.start({ ...options, home });
  onTestFinished(() => server.close());
  return server;
}

/** What its windows show when the test fails is put into dist/vscode-failed/. */
export async function startBrowser(): Promise<Browser> {
  const browser = await Browser.start(path.join(tempDir(), 'profile'));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await browser.screenshots(path.join(root, 'dist/vscode-failed', task.name));
    await browser.close();
  });
  return browser;
}

/** A window with the watched folder open, whose extension talks to the daemon of the space. */
export async function openWindow(space: Workspace, options: FixtureOptions = {}): Promise<Workbench> {
  const window = await opener(space, options);
  return window();
}

/** Two windows of one person on the same folder. */
export async function openTwoWindows(space: Workspace): Promise<[Workbench, Workbench]> {
  const window = await opener(space, {});
  return [await window(), await window()];
}

async function opener(space: Workspace, options: FixtureOptions): Promise<() => Promise<Workbench>> {
  const server = await startServer({ ...options, env: { ...environmentOf(space), ...options.env } });
  const browser = await startBrowser();
  return async () => {
    const workbench = new Workbench(await browser.newPage(), server.url);
    await workbench.open({ folder: space.exports });
    return workbench;
  };
}
