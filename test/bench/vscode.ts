/**
 * The extension in VS Code beside a queue with a long history, installed as people have it. In a window that has come
 * to rest: (1) from the click on our symbol to the first row of the tree, activation included, with 10,000 jobs behind
 * it and with 10; (2) the activation itself by VS Code's own count (its code is read and run, then activate()), beside
 * an extension that comes with VS Code. (3) The longest block of the extension host while 1,000 events come at once and
 * the tree is open, beside the same at rest.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../daemon/clock.js';
import { bundleExtension, bundleForHost } from '../vscode/support/bundle.js';
import { Workbench } from '../vscode/support/workbench.js';
import { type VscodePlace, withVscode } from './vscode-place.js';
import { probedWindow } from './vscode-probed.js';

const HISTORY = 10_000;
const SHORT_HISTORY = 10;
/** Windows opened for each history; VS Code itself takes another time every time. */
const ROUNDS = 5;
/** Milliseconds in which a window comes to rest: no event tells that what it does at its start is over. */
const REST = 15_000;
/** Opening it activates the extension that ours is compared with. */
const STYLES = 'peer.css';

export async function bench(): Promise<void> {
  bundleExtension();
  await bundleForHost(['test/bench/vscode-probe.ts']);
  const floor = await openings(SHORT_HISTORY);
  const ours = await openings(HISTORY);
  console.log(`click to tree, ${SHORT_HISTORY} jobs:     ${describe(floor.click)}`);
  console.log(`click to tree, ${HISTORY} jobs:  ${describe(ours.click)}`);
  console.log(`ratio of medians: ${(median(ours.click) / median(floor.click)).toFixed(2)}`);
  const activations = [...floor.activations, ...ours.activations];
  console.log(`activation:                ${describe(activations.map(({ ours }) => ours))}`);
  console.log(`activation, VS Code's CSS: ${describe(activations.map(({ css }) => css))}`);
  const { idle, burst, events } = await withVscode(HISTORY, blocks);
  console.log(`extension host at rest:            longest block ${ms(idle.max)}, p99 ${ms(idle.p99)}`);
  console.log(`extension host, ${events} events:     longest block ${ms(burst.max)}, p99 ${ms(burst.p99)}`);
}

interface Openings {
  /** Milliseconds, once a window. */
  readonly click: number[];
  readonly activations: Activations[];
}

/** Milliseconds. */
interface Activations {
  readonly ours: number;
  readonly css: number;
}

function openings(history: number): Promise<Openings> {
  return withVscode(history, async (place) => {
    const found: Openings = { click: [], activations: [] };
    await openOnce(place); // pays for cold files
    for (let round = 0; round < ROUNDS; round++) {
      const { click, activations } = await openOnce(place);
      found.click.push(click);
      found.activations.push(activations);
    }
    return found;
  });
}

async function openOnce({ server, browser, folder }: VscodePlace) {
  writeFileSync(path.join(folder, STYLES), 'a { color: red; }\n');
  const page = await browser.newPage();
  const workbench = new Workbench(page, server.url);
  await workbench.open({ folder });
  await workbench.activity('Cosmos Bridge').waitFor();
  await pause(REST);
  const click = await opening(workbench);
  await workbench.openFile(STYLES);
  const activations = await activationsIn(workbench);
  await page.close();
  return { click, activations };
}

async function opening(workbench: Workbench): Promise<number> {
  const start = systemClock.monotonic();
  await workbench.activity('Cosmos Bridge').click();
  await workbench.rows('Queue').first().waitFor();
  return systemClock.monotonic() - start;
}

/** "Activation: 34ms" in VS Code's own list: codeLoadingTime + activateCallTime of its extHostExtensionActivator.ts. */
async function activationsIn(workbench: Workbench): Promise<Activations> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const rows = workbench.page.locator('.runtime-extensions-editor .extension');
  const of = async (name: string) => {
    const text = await rows.filter({ hasText: name }).locator('.activation-time').innerText();
    return Number(/(\d+)\s*ms/.exec(text)?.[1]);
  };
  return { ours: await of('Cosmos Bridge'), css: await of('CSS Language Features') };
}

async function blocks(place: VscodePlace) {
  const { workbench, said } = await probedWindow(place);
  await opening(workbench);
  place.queue.pause('measuring');
  const { idle } = await said('idle');
  const waiting = place.queue.list({ states: ['queued'] }).map(({ id }) => id);
  place.queue.setPriority(waiting, 1);
  place.queue.resume();
  const { burst, events } = await said('burst');
  return { idle, burst, events };
}

function describe(values: readonly number[]): string {
  return `median ${ms(median(values))} of ${values.map((value) => value.toFixed(0)).join(', ')}`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
