/**
 * Followed logs: (1) from a line in the daemon's copy of a run log to the line in a client, beside the same line over a
 * bare WebSocket in the same run; (2) what one client that never reads costs the daemon and the others while a million
 * lines flow.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { RpcServer } from '../../daemon/server/server.js';
import type { Discovery } from '../../schemas/index.js';
import { Parts } from '../daemon/server/parts.js';
import type { Tally } from './log-client.js';

const LATENCY_LINES = 400;
const FLOOD_LINES = 1_000_000;
const FLOOD_PIECE = 500;
/** Design section 13. */
const ANCHOR_MS = 80;
const ANCHOR_MB = 32;

const clientFile = fileURLToPath(new URL('./log-client.js', import.meta.url));

export async function bench(): Promise<void> {
  const floor = await floorLatency();
  const ours = await withServer(ourLatency);
  console.log(`line to client, bare ws:   p50 ${ms(floor.p50)}, p95 ${ms(floor.p95)}`);
  console.log(`line to client, followed:  p50 ${ms(ours.p50)}, p95 ${ms(ours.p95)} (anchor p95 < ${ANCHOR_MS} ms)`);
  console.log(`ratio p95: ${(ours.p95 / floor.p95).toFixed(1)} (batching waits up to 50 ms on purpose)`);

  await withServer((place) => flood(place, [])); // the first round pays for a warm process
  const alone = await withServer((place) => flood(place, []));
  const beside = await withServer((place) => flood(place, ['stall']));
  console.log(`1 M lines, healthy client alone:      RSS +${mb(alone.rss)}, ${describe(alone)}`);
  console.log(`1 M lines, beside one that stalls:    RSS +${mb(beside.rss)}, ${describe(beside)}`);
  console.log(`the stalled client costs ${mb(beside.rss - alone.rss)} (anchor < ${ANCHOR_MB} MB)`);
  console.log(`speed ratio stalled/alone: ${(alone.seconds / beside.seconds).toFixed(2)}`);
}

interface Place {
  readonly parts: Parts;
  readonly discovery: Discovery;
}

async function withServer<T>(use: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  const parts = new Parts(path.join(folder, 'state'), systemClock);
  const common = { clock: systemClock, log: silentLogger, port: 0, discoveryFile: parts.stateDir.discovery };
  const server = new RpcServer({ ...common, services: parts.services() });
  try {
    return await use({ parts, discovery: await server.listen() });
  } finally {
    await server.close();
    parts.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function floorLatency(): Promise<Tally> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const { port } = server.address() as AddressInfo;
  const client = await startClient(`ws://127.0.0.1:${port}`, '-', '-', 'read');
  const [socket] = await connected;
  await sayLines(async (line) => socket.send(line));
  const tally = tallyOf(client);
  socket.send('end');
  const result = await tally;
  client.disconnect();
  server.close();
  return result;
}

async function ourLatency({ parts, discovery }: Place): Promise<Tally> {
  const { run } = parts.run(parts.submit(['bench']));
  const client = await startClient(discovery.url, discovery.token, run.id, 'read');
  await sayLines((line) => parts.say(run.id, line));
  const tally = tallyOf(client);
  parts.logs.end(run.id);
  const result = await tally;
  client.disconnect();
  return result;
}

/** Lines as a renderer writes them: 1 to 40 ms apart, some together. */
async function sayLines(say: (line: string) => Promise<void>): Promise<void> {
  for (let line = 0; line < LATENCY_LINES; line++) {
    await say(textLine(line));
    if (line % 5 !== 0) await pause(1 + ((line * 7) % 40));
  }
}

interface Flood extends Tally {
  /** Growth of the server's memory at its highest, bytes. */
  readonly rss: number;
  readonly seconds: number;
}

async function flood({ parts, discovery }: Place, others: readonly 'stall'[]): Promise<Flood> {
  const { run } = parts.run(parts.submit(['bench']));
  const start = (manner: 'read' | 'stall') => startClient(discovery.url, discovery.token, run.id, manner);
  const healthy = await start('read');
  const clients = [healthy, ...(await Promise.all(others.map(start)))];
  const before = process.memoryUsage.rss();
  const began = systemClock.monotonic();
  const tally = tallyOf(healthy);
  let highest = before;
  for (let line = 0; line < FLOOD_LINES; line += FLOOD_PIECE) {
    await parts.say(run.id, Array.from({ length: FLOOD_PIECE }, (_, index) => textLine(line + index)).join(''));
    highest = Math.max(highest, process.memoryUsage.rss());
  }
  parts.logs.end(run.id);
  const result = await tally;
  const seconds = (systemClock.monotonic() - began) / 1000;
  for (const client of clients) client.disconnect();
  return { ...result, rss: Math.max(highest, process.memoryUsage.rss()) - before, seconds };
}

function textLine(line: number): string {
  return `${process.hrtime.bigint()} step ${line}: sampling, 12.3 it/s, 4.56 GB of GPU memory, 00:12 left of 01:10\n`;
}

async function startClient(url: string, token: string, id: string, manner: string): Promise<ChildProcess> {
  const client = fork(clientFile, [url, token, id, manner]);
  await once(client, 'message'); // ready
  return client;
}

async function tallyOf(client: ChildProcess): Promise<Tally> {
  const [tally] = await once(client, 'message');
  return tally;
}

function describe({ lines, gapBytes, seconds }: Flood): string {
  const lost = FLOOD_LINES - lines;
  return `${lost} lines lost, ${mb(gapBytes)} of gaps, ${Math.round(lines / seconds / 1000)} k lines/s`;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function mb(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
