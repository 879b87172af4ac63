/**
 * The Houdini panel, with the Qt of Houdini 22 and without a screen: by how much the thread of the window comes late
 * while nothing happens, while 20,000 log lines come at once, while the daemon goes and comes back with 1,000 jobs more,
 * and while a clip of 480 images is sent. Needs what `npm test` installs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { systemClock } from '../../daemon/clock.js';
import { silentLogger } from '../../daemon/log.js';
import { RpcServer } from '../../daemon/server/server.js';
import { clip, Parts } from '../daemon/server/parts.js';

const QUEUED = 500;
const MORE = 1_000;
const LINES = 20_000;
/** Lines that a program writes before it flushes. */
const PIECE = 500;
/** What is wanted, milliseconds. */
const ANCHOR = { p99: 30, longest: 150 };

const root = fileURLToPath(new URL('../../..', import.meta.url));
const houdini = path.join(root, 'test', 'houdini');
const python = path.join(houdini, '.venv', 'qt6', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const Line = z.union([
  z.object({ please: z.enum(['burst', 'reconnect']) }),
  z.object({ what: z.string(), seconds: z.number(), p50: z.number(), p99: z.number(), longest: z.number() }),
]);
type Blocks = Exclude<z.infer<typeof Line>, { please: string }>;

export async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  const place = new Place(new Parts(path.join(folder, 'state'), systemClock));
  try {
    await place.open();
    const measured = await place.measure(startPanel(path.join(folder, 'state')));
    for (const blocks of measured) console.log(describe(blocks));
    console.log(`wanted of every line: p99 < ${ANCHOR.p99} ms, longest < ${ANCHOR.longest} ms`);
  } finally {
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function startPanel(state: string): ChildProcess {
  const plugin = path.join(root, 'houdini', 'cosmos_bridge', 'scripts', 'python');
  const PYTHONPATH = [plugin, path.join(houdini, 'python')].join(path.delimiter);
  const env = { ...process.env, PYTHONPATH, QT_QPA_PLATFORM: 'offscreen', COSMOS_STATE_DIR: state };
  return spawn(python, ['-m', 'bench'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

/** A daemon's server, queue and run logs, with a job that runs. */
class Place {
  private server: RpcServer | undefined;
  private readonly run: string;

  constructor(private readonly parts: Parts) {
    this.run = parts.run(parts.submit(['running'])).run.id;
    parts.submit(names('queued', QUEUED));
    parts.clips.push(clip('city'));
  }

  async open(): Promise<void> {
    await this.parts.say(this.run, 'begin\n');
    await this.listen();
  }

  async close(): Promise<void> {
    await this.server?.close();
    this.parts.close();
  }

  /** Does what the panel asks for, until it is done with measuring. */
  async measure(panel: ChildProcess): Promise<Blocks[]> {
    if (panel.stdout === null) throw new Error('the panel has no output');
    const ended = once(panel, 'exit');
    const measured: Blocks[] = [];
    for await (const text of readline.createInterface({ input: panel.stdout })) {
      const line = Line.parse(JSON.parse(text));
      if ('what' in line) measured.push(line);
      else if (line.please === 'burst') await this.burst();
      else await this.goAndComeBack();
    }
    const [code] = await ended;
    if (code !== 0) throw new Error(`the panel ended with ${code}`);
    return measured;
  }

  private async burst(): Promise<void> {
    for (let line = 0; line < LINES; line += PIECE) {
      await this.parts.say(this.run, Array.from({ length: PIECE }, (_, index) => textLine(line + index)).join(''));
    }
    await this.parts.say(this.run, 'the last line\n');
  }

  private async goAndComeBack(): Promise<void> {
    await this.server?.close();
    this.parts.submit(names('more', MORE));
    await this.listen();
  }

  private async listen(): Promise<void> {
    const { parts } = this;
    const common = { clock: systemClock, log: silentLogger, port: 0, discoveryFile: parts.stateDir.discovery };
    this.server = new RpcServer({ ...common, services: parts.services() });
    await this.server.listen();
  }
}

function names(stem: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${stem}-${index}`);
}

function textLine(line: number): string {
  return `\u001b[32m[INFO]\u001b[0m step ${line}: sampling, 12.3 it/s, 4.56 GB of GPU memory, 00:12 left of 01:10\n`;
}

function describe({ what, seconds, p50, p99, longest }: Blocks): string {
  const late = `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, longest ${longest.toFixed(1)} ms`;
  return `${what.padEnd(10)} ${seconds.toFixed(2).padStart(6)} s   window late by ${late}`;
}
