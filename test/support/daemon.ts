/** A whole daemon of dist/ as a child process, on a state folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { DaemonClient } from '../../client/daemon-client.js';
import { connectTo } from '../../daemon/cli/client.js';
import { Discovery } from '../../schemas/index.js';
import { distFile } from './dist.js';
import { stateOf } from './processes.js';
import { tempDir } from './tmp.js';

export interface Workspace {
  readonly folder: string;
  readonly stateDir: string;
  readonly exports: string;
  readonly config: string;
}

/** Folders of one test; `toml` is the configuration, in which EXPORTS stands for the export folder. */
export function workspace(toml = ''): Workspace {
  const folder = tempDir();
  const space = {
    folder,
    stateDir: path.join(folder, 'state'),
    exports: path.join(folder, 'exports'),
    config: path.join(folder, 'cosmos.toml'),
  };
  mkdirSync(space.exports);
  writeFileSync(space.config, toml.replaceAll('EXPORTS', JSON.stringify(space.exports)));
  return space;
}

/** The daemon sends itself the signal at a boundary of the runner. */
export interface Strike {
  readonly at: string;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

export class DaemonProcess {
  readonly exited: Promise<number | null>;
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    private readonly space: Workspace,
  ) {
    this.exited = once(child, 'exit').then(([code]) => code as number | null);
    child.stdout?.on('data', (data) => (this.output += data));
    child.stderr?.on('data', (data) => (this.output += data));
  }

  /** Starts it; `env` adds to our own. */
  static start(space: Workspace, strike?: Strike, env: Readonly<Record<string, string>> = {}): DaemonProcess {
    const main = distFile(strike === undefined ? 'daemon/start.cjs' : 'test/support/struck-daemon.js');
    const struck = strike === undefined ? [] : ['--at', strike.at, '--signal', strike.signal];
    const args = [main, '--state-dir', space.stateDir, '--config', space.config, ...struck];
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const daemon = new DaemonProcess(child, space);
    onTestFinished(() => daemon.kill());
    return daemon;
  }

  /** What it printed: for a failing test's message. */
  get words(): string {
    return this.output;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when it has been killed, or stands still, at the boundary of its strike; gives the boundary's name. */
  async struck(): Promise<string> {
    const file = path.join(this.space.stateDir, 'struck-at');
    const isDown = () => hasEnded(this.child) || stateOf(this.pid) === 'T';
    await vi.waitFor(
      () => {
        if (hasEnded(this.child) && !existsSync(file)) throw new Error(`the daemon ended: ${this.output}`);
        if (!existsSync(file) || !isDown()) throw new Error('the boundary was not reached');
      },
      { interval: 10 },
    );
    return readFileSync(file, 'utf8');
  }

  /** The facts of daemon.json, once this very process has written them. */
  async discovery(): Promise<Discovery> {
    const file = path.join(this.space.stateDir, 'daemon.json');
    return vi.waitFor(
      () => {
        if (this.child.exitCode !== null) throw new Error(`the daemon ended: ${this.output}`);
        const found = Discovery.parse(JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : 'null'));
        if (found.pid !== this.pid) throw new Error('daemon.json is of an earlier daemon');
        return found;
      },
      { interval: 25 },
    );
  }

  async connect(): Promise<DaemonClient> {
    const client = await connectTo(await this.discovery());
    onTestFinished(() => client.close());
    return client;
  }

  /** As a power cut would: no handler runs. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<void> {
    const client = await this.connect();
    await client.call('daemon.stop', {});
    await this.exited;
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
