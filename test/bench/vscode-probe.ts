/**
 * Runs inside the extension host for bench vscode.ts: the longest time that the event loop was blocked, first at rest,
 * then while events come. It says what it measured as lines of JSON, and begins each measurement when the queue's pause says so.
 */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Parts } from '../../extension/src/extension.js';
import { inStore, parts } from '../vscode/host/parts.js';

/** Milliseconds at rest, and after the last event: views may gather changes before they draw. */
const IDLE = 5000;
const AFTERWARDS = 3000;

export async function run(): Promise<void> {
  const { store, link } = await parts();
  await inStore(() => link.state.kind === 'connected' || undefined);
  say({ connected: store.jobs.size });
  await inStore(({ queue }) => queue.paused || undefined);
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  blocks.enable();
  await pause(IDLE);
  say({ idle: measured(blocks) });
  const events = await burst(store, blocks);
  say({ burst: measured(blocks), events });
}

/** Counts events until the queue goes on, which is the last of them. */
async function burst(store: Parts['store'], blocks: IntervalHistogram): Promise<number> {
  let events = 0;
  const stop = store.onChange(({ kind }) => void (kind === 'job' && events++));
  blocks.reset();
  await inStore(({ queue }) => (queue.paused ? undefined : true));
  await pause(AFTERWARDS);
  stop();
  return events;
}

/** Milliseconds. */
function measured(blocks: IntervalHistogram): { max: number; p99: number } {
  return { max: blocks.max / 1e6, p99: blocks.percentile(99) / 1e6 };
}

function say(words: object): void {
  console.log(JSON.stringify({ probe: words }));
}
