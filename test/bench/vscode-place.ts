/** A daemon whose queue has a past, and beside it a VS Code that has our extension as people install it. */
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import type { Queue } from '../../daemon/queue/queue.js';
import { RpcServer } from '../../daemon/server/server.js';
import { Parts } from '../daemon/server/parts.js';
import { Browser } from '../vscode/support/browser.js';
import { CodeServer } from '../vscode/support/code-server.js';
import { vsix } from '../vscode/support/paths.js';

/** Jobs that wait, beside those that are over. */
const EVENTS = 1000;
/** High enough for every row of VS Code's list of running extensions: it draws what can be seen. */
const VIEWPORT = { width: 1280, height: 2400 };

export interface VscodePlace {
  readonly queue: Queue;
  /** What the windows have open. */
  readonly folder: string;
  readonly server: CodeServer;
  readonly browser: Browser;
}

/** `history` = how many jobs are over. Nothing stays. */
export async function withVscode<T>(history: number, use: (place: VscodePlace) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-bench-')));
  const parts = new Parts(path.join(folder, 'state'), systemClock);
  const toClose: { close(): unknown }[] = [parts];
  try {
    fillHistory(parts, history);
    toClose.unshift(await listen(parts));
    const env = { COSMOS_STATE_DIR: path.join(folder, 'state'), COSMOS_CONFIG: path.join(folder, 'cosmos.toml') };
    const options = { home: path.join(folder, 'home'), env };
    await CodeServer.install(options, vsix);
    waitForTheClick(path.join(options.home, 'ext'));
    const server = await CodeServer.start(options);
    toClose.unshift(server);
    const browser = await Browser.start(path.join(folder, 'profile'), VIEWPORT);
    toClose.unshift(browser);
    return await use({ queue: parts.queue, folder, server, browser });
  } finally {
    for (const each of toClose) await each.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * VS Code opens some JSON of its own in every window, and loads all extensions that wait for JSON in one go: what it
 * counts for each then holds the loading of the others (450 ms for Emmet, which is tiny). So ours waits for its view here.
 */
function waitForTheClick(extensions: string): void {
  const [folder] = readdirSync(extensions).filter((name) => name.startsWith('cosmos-bridge'));
  const file = path.join(extensions, String(folder), 'package.json');
  const text = readFileSync(file, 'utf8');
  if (!text.includes('"onLanguage:json",')) throw new Error(`${file} does not wait for JSON any more`);
  writeFileSync(file, text.replace('"onLanguage:json",', ''));
}

function fillHistory(parts: Parts, history: number): void {
  parts.journal.transaction(() => {
    const over = parts.submit(Array.from({ length: history }, (_, index) => `shot ${index}`));
    parts.queue.cancel(over.map(({ id }) => id));
    parts.submit(Array.from({ length: EVENTS }, (_, index) => `next ${index}`));
  });
}

async function listen(parts: Parts): Promise<RpcServer> {
  const common = { clock: systemClock, log: silentLogger, port: 0, discoveryFile: parts.stateDir.discovery };
  const server = new RpcServer({ ...common, services: parts.services() });
  await server.listen();
  return server;
}
