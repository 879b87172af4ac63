/**
 * The log of a container on a remote host: a burst of 100,000 lines, then a trickle, to three clients that read and one
 * that is stopped while the burst lasts, beside `ssh host tail -f` of the same file at the same time. The host is real but
 * for its GPU and shares this machine's cores, which the container, sshd, the daemon and five readers contend for.
 *
 * The burst is timed from the moment any reader has its first line, because it takes as long as the container needs to
 * write it. The trickle's lines bear the moment of their write: this process appends them to the run's log on the host, as
 * the container's wrapper appends there. So a delay includes the host's tail, sshd and SSH; for ours also the daemon's copy
 * on the disk, the batch of up to 50 ms, the WebSocket and its JSON; it does not include the container's pipe to that file.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GpuHost } from '../gpu-host/gpu-host.js';
import { simImage } from '../gpu-host/sim/image.js';
import type { Tally } from './remote-log-client.js';
import { RemotePlace } from './remote-place.js';

const LINES = 100_000;
const TRICKLE_LINES = 400;
const CLIENTS = 3;
/** Milliseconds more than the others' burst: a client counts as slow once its socket has been full for a second. */
const STOPPED_MS = 2000;
/** The readers are there before the burst begins; the steps outlast the trickle. */
const SIM = { COSMOS_SIM_FAULT: `burst:${LINES}`, COSMOS_SIM_LOAD_S: '8', COSMOS_SIM_STEP_S: '0.6' };

const clientFile = fileURLToPath(new URL('./remote-log-client.js', import.meta.url));

export async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  const host = await GpuHost.up({ images: [await simImage()] });
  try {
    const place = await RemotePlace.open(host, folder, SIM);
    try {
      await measure(host, place);
    } finally {
      await place.close();
    }
  } finally {
    await host.down();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(host: GpuHost, place: RemotePlace): Promise<void> {
  const { run, log } = await place.run();
  const original = openSync(log, 'r'); // readable also when the run's folder is gone
  const follow = (name: string) => Client.start(name, 'follow', place.discoveryFile, run);
  const ssh = ['ssh', ...host.sshOptions, `${host.user}@${host.address}`, '--', 'tail', '-c', '+1', '-f', log];
  const clients = await Promise.all([
    ...Array.from({ length: CLIENTS }, (_, index) => follow(`client ${index + 1}`)),
    follow('client that is stopped'),
    Client.start('ssh host tail -f', 'tail', ...ssh),
  ]);
  try {
    await burst(clients);
    await trickle(log);
    const peer = clients.at(-1);
    const ours = await Promise.all(clients.slice(0, -1).map((client) => client.tally));
    const written = readFileSync(original);
    peer?.tellSize(written.length);
    report(clients, [...ours, ...(peer ? [await peer.tally] : [])], written);
  } finally {
    for (const client of clients) client.close();
    closeSync(original);
  }
}

/** The second last reader is stopped from its first line until well after all others have the last one. */
async function burst(clients: readonly Client[]): Promise<void> {
  const stopped = clients.at(-2);
  await stopped?.begins;
  stopped?.stop();
  await Promise.all(clients.filter((client) => client !== stopped).map(({ over }) => over));
  await pause(STOPPED_MS);
  stopped?.goOn();
  await stopped?.over;
}

/** Lines as a renderer writes them: 1 to 40 ms apart, some together. */
async function trickle(log: string): Promise<void> {
  const file = openSync(log, 'a');
  for (let line = 0; line < TRICKLE_LINES; line++) {
    appendFileSync(file, `trickle ${line} ${process.hrtime.bigint()}\n`);
    if (line % 5 !== 0) await pause(1 + ((line * 7) % 40));
  }
  closeSync(file);
}

function report(clients: readonly Client[], tallies: readonly Tally[], written: Buffer): void {
  const sha256 = createHash('sha256').update(written).digest('hex');
  const lines = written.toString('latin1').split('\n').length - 1;
  console.log(`the host's log: ${lines} lines, ${written.length} bytes, SHA-256 ${sha256.slice(0, 12)}`);
  const began = Math.min(...tallies.map(({ burstBegan }) => Number(burstBegan)));
  for (const [index, tally] of tallies.entries()) {
    const seconds = (Number(tally.burstEnded) - began) / 1e9;
    const same = tally.sha256 === sha256 && tally.inOrder === LINES;
    const delays = [...tally.delays].sort((a, b) => a - b);
    const at = (share: number) => `${(delays[Math.floor(delays.length * share)] ?? Number.NaN).toFixed(1)} ms`;
    console.log(
      `${(clients[index]?.name ?? '').padEnd(24)} ${tally.lines} lines, ${same ? 'complete and in order' : 'WRONG'}, ` +
        `${tally.gaps} gaps of ${tally.gapBytes} bytes; burst ${seconds.toFixed(2)} s, ` +
        `${Math.round(LINES / seconds)} lines/s; ${delays.length} lines of the trickle: p50 ${at(0.5)}, p95 ${at(0.95)}`,
    );
  }
}

class Client {
  readonly begins: Promise<void>;
  readonly over: Promise<void>;
  readonly tally: Promise<Tally>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    this.begins = this.says('burst begins');
    this.over = this.says('burst over');
    this.tally = this.next((message): message is Tally => typeof message === 'object');
    for (const promise of [this.begins, this.over, this.tally]) promise.catch(() => {}); // told where it is awaited
  }

  /** Resolves when it reads. */
  static async start(name: string, ...args: readonly string[]): Promise<Client> {
    const client = new Client(name, fork(clientFile, args));
    await client.says('ready');
    return client;
  }

  stop(): void {
    this.child.kill('SIGSTOP');
  }

  goOn(): void {
    this.child.kill('SIGCONT');
  }

  tellSize(bytes: number): void {
    this.child.send(bytes);
  }

  close(): void {
    this.goOn(); // a stopped process ends only once it goes on
    if (this.child.connected) this.child.disconnect();
  }

  private async says(what: string): Promise<void> {
    await this.next((message): message is string => message === what);
  }

  private next<T>(is: (message: unknown) => message is T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.child.on('message', (message: unknown) => {
        if (is(message)) resolve(message);
      });
      once(this.child, 'exit').then(([code]) => reject(new Error(`${this.name} ended with ${code}.`)), reject);
    });
  }
}
