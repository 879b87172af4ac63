/** A window with vscode-probe.ts in its extension host, and what that says. */
import path from 'node:path';
import * as z from 'zod';
import { Automation, hostPayload } from '../vscode/support/automation.js';
import { extensionFolder, hostBundles } from '../vscode/support/paths.js';
import { Workbench } from '../vscode/support/workbench.js';
import type { VscodePlace } from './vscode-place.js';

const Blocks = z.object({ max: z.number(), p99: z.number() });
const Said = z.object({
  probe: z.object({ connected: z.number(), idle: Blocks, burst: Blocks, events: z.number() }).partial(),
});
type Said = z.infer<typeof Said>['probe'];

export interface ProbedWindow {
  readonly workbench: Workbench;
  /** The probe's next words that tell this. */
  said<K extends keyof Said>(fact: K): Promise<Said & Required<Pick<Said, K>>>;
}

/** Connected to the daemon. */
export async function probedWindow({ server, browser, folder }: VscodePlace): Promise<ProbedWindow> {
  const page = await browser.newPage();
  const automation = await Automation.of(page);
  const said: ProbedWindow['said'] = (fact) => automation.line((line) => wordsOf(line, fact));
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
