/** A window of VS Code beside a daemon whose queue has a past, with vscode-probe.ts in its extension host. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import type { Queue } from '../../daemon/queue/queue.js';
import { RpcServer } from '../../daemon/rpc/server.js';
import { Parts } from '../daemon/rpc/parts.js';
import { Automation, hostPayload } from '../vscode/support/automation.js';
import { Browser } from '../vscode/support/browser.js';
import { CodeServer } from '../vscode/support/code-server.js';
import { extensionFolder, hostBundles } from '../vscode/support/paths.js';
import { Workbench } from '../vscode/support/workbench.js';

/** Jobs that wait, beside those that are over. */
export const EVENTS = 1000;

const Blocks = z.object({ max: z.number(), p99: z.number() });
const Said = z.object({
  probe: z.object({ connected: z.number(), idle: Blocks, burst: Blocks, events: z.number() }).partial(),
});
type Said = z.infer<typeof Said>['probe'];

export interface VscodePlace {
  readonly queue: Queue;
  readonly workbench: Workbench;
  /** The probe's next words that tell this. */
  said<K extends keyof Said>(fact: K): Promise<Said & Required<Pick<Said, K>>>;
}

/** `history` = how many jobs are over. The window is connected when `use` begins; nothing stays. */
export async function withWindow<T>(history: number, use: (place: VscodePlace) => Promise<T>): Promise<T> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'cosmos-bench-')));
  const parts = new Parts(path.join(folder, 'state'), systemClock);
  const toClose: { close(): unknown }[] = [parts];
  try {
    fillHistory(parts, history);
    toClose.unshift(await listen(parts));
    const env = { COSMOS_STATE_DIR: path.join(folder, 'state'), COSMOS_CONFIG: path.join(folder, 'cosmos.toml') };
    const server = await CodeServer.start({ home: path.join(folder, 'home'), env });
    toClose.unshift(server);
    const browser = await Browser.start(path.join(folder, 'profile'));
    toClose.unshift(browser);
    return await use({ queue: parts.queue, ...(await openWindow(server, browser, folder)) });
  } finally {
    for (const each of toClose) await each.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
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

async function openWindow(server: CodeServer, browser: Browser, folder: string): Promise<Omit<VscodePlace, 'queue'>> {
  const page = await browser.newPage();
  const automation = await Automation.of(page);
  const said: VscodePlace['said'] = (fact) => automation.line((line) => wordsOf(line, fact));
  const connected = said('connected');
  const workbench = new Workbench(page, server.url);
  const payload = hostPayload(server.url, extensionFolder, path.join(hostBundles, 'vscode-probe.cjs'));
  await workbench.open({ folder, payload });
  await connected;
  return { workbench, said };
}

/** Undefined for the words of VS Code itself, and those that tell something else. */
function wordsOf<K extends keyof Said>(line: string, fact: K): (Said & Required<Pick<Said, K>>) | undefined {
  if (!line.startsWith('{"probe":')) return undefined;
  const { probe } = Said.parse(JSON.parse(line));
  return tells(probe, fact) ? probe : undefined;
}

function tells<K extends keyof Said>(said: Said, fact: K): said is Said & Required<Pick<Said, K>> {
  return said[fact] !== undefined;
}
