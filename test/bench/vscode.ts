/**
 * The extension in VS Code beside a queue with a long history: (1) from the click on our symbol to the first row of the
 * tree, with 10,000 jobs behind it and with 10; (2) the longest block of the extension host while 1,000 events come at
 * once and the tree is open, beside the same at rest; (3) how long the extension takes to be active, by VS
 * Code's own count: its code is read and run, then activate().
 */
import { systemClock } from '../../daemon/clock.js';
import { bundleExtension, bundleForHost } from '../vscode/support/bundle.js';
import type { Workbench } from '../vscode/support/workbench.js';
import { type VscodePlace, withWindow } from './vscode-place.js';

const HISTORY = 10_000;
const SHORT_HISTORY = 10;
/** Windows opened for each history; VS Code itself takes another time every time. */
const ROUNDS = 3;

export async function bench(): Promise<void> {
  bundleExtension();
  await bundleForHost(['test/bench/vscode-probe.ts']);
  await openings(SHORT_HISTORY); // the first pays for cold files
  const floor = await openings(SHORT_HISTORY);
  const ours = await openings(HISTORY);
  console.log(`click to tree, ${SHORT_HISTORY} jobs:     ${describe(floor.click)}`);
  console.log(`click to tree, ${HISTORY} jobs:  ${describe(ours.click)}`);
  console.log(`ratio of medians: ${(median(ours.click) / median(floor.click)).toFixed(2)}`);
  const activation = [...floor.activation, ...ours.activation];
  console.log(`activation:                 ${describe(activation.map(({ ours }) => ours))}`);
  console.log(`activation, VS Code's JSON: ${describe(activation.map(({ json }) => json))}`);
  const { idle, burst, events } = await withWindow(HISTORY, blocks);
  console.log(`extension host at rest:            longest block ${ms(idle.max)}, p99 ${ms(idle.p99)}`);
  console.log(`extension host, ${events} events:     longest block ${ms(burst.max)}, p99 ${ms(burst.p99)}`);
}

/** Milliseconds from the click to the first row, and of the activation, once a window each. */
async function openings(history: number): Promise<Openings> {
  const found: Openings = { click: [], activation: [] };
  for (let round = 0; round < ROUNDS; round++) {
    await withWindow(history, async ({ workbench }) => {
      found.click.push(await opening(workbench));
      found.activation.push(await activations(workbench));
    });
  }
  return found;
}

interface Openings {
  readonly click: number[];
  readonly activation: Activation[];
}

async function opening(workbench: Workbench): Promise<number> {
  const start = systemClock.monotonic();
  await workbench.activity('Cosmos Bridge').click();
  await workbench.rows('Queue').first().waitFor();
  return systemClock.monotonic() - start;
}

/** Milliseconds of ours, and of the one for JSON that comes with VS Code: "Activation: 34ms" in its own list. */
async function activations(workbench: Workbench): Promise<Activation> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const rows = workbench.page.locator('.runtime-extensions-editor .extension');
  const of = async (name: string) => {
    const text = await rows.filter({ hasText: name }).locator('.activation-time').innerText();
    return Number(/(\d+)\s*ms/.exec(text)?.[1]);
  };
  return { ours: await of('cosmos-bridge.cosmos-bridge'), json: await of('JSON Language Features') };
}

interface Activation {
  readonly ours: number;
  readonly json: number;
}

async function blocks({ queue, workbench, said }: VscodePlace) {
  await opening(workbench);
  queue.pause('measuring');
  const { idle } = await said('idle');
  const waiting = queue.list({ states: ['queued'] }).map(({ id }) => id);
  queue.setPriority(waiting, 1);
  queue.resume();
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
