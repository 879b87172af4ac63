/** A workspace whose configuration names a host of test/gpu-host, and its daemon; only the model is simulated. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { DaemonClient } from '../../client/daemon-client.js';
import { isEnded } from '../../daemon/job/life.js';
import { StateDir } from '../../daemon/state-dir.js';
import { Clip, type JobOptions } from '../../schemas/index.js';
import type { Host, Job } from '../../schemas/received.js';
import { runCosmos } from '../support/cosmos.js';
import { DaemonProcess, type Strike, type Workspace, workspace } from '../support/daemon.js';
import { type SequenceOptions, writeSequences } from '../support/passes.js';
import { stateOf } from '../support/processes.js';
import { until } from './execute.js';
import type { GpuHost } from './gpu-host.js';
import { configuration, HOST_NAME, type RemoteEngine, writeSecret, writeSshConfig } from './remote-setup.js';
import { RunWitness } from './run-witness.js';
import { ShiftedClock } from './shifted-clock.js';

export interface WorldOptions {
  readonly engine?: RemoteEngine;
  /** Variables of cosmos-sim (sim/README.md). */
  readonly sim?: Readonly<Record<string, string>>;
  /** ssh_config settings that win over the usual ones: "User=nobody". */
  readonly ssh?: readonly string[];
  /** More of cosmos.toml. */
  readonly toml?: string;
  /** Name of the daemon's folder in the user's home; left out: one that no other world has. */
  readonly folder?: string;
}

let worlds = 0;

export class RemoteWorld {
  readonly clip = 'street';
  /** What the runs on the host said. */
  readonly witness: RunWitness;
  private daemon: DaemonProcess | undefined;
  private client: DaemonClient | undefined;
  private clock: ShiftedClock | undefined;

  private constructor(
    readonly host: GpuHost,
    readonly space: Workspace,
    readonly engine: RemoteEngine,
    /** Folder on the host that is this world's alone; at the same path here. */
    readonly root: string,
  ) {
    this.witness = new RunWitness(root);
  }

  /** For one test: its daemon ends with it. */
  static async on(host: GpuHost, options: WorldOptions = {}) {
    worlds += 1;
    const { engine = 'transfer2.5', sim = {}, ssh = [], toml = '', folder = `cosmos-${worlds}` } = options;
    const root = path.join(host.home, folder);
    const environment = `${root}.env`;
    await writeSecret(host, environment, sim);
    const world = new RemoteWorld(host, workspace(configuration(engine, root, environment) + toml), engine, root);
    world.writeSshConfig(ssh);
    onTestFinished(() => world.end());
    return world;
  }

  /** As a user's ~/.ssh/config would be; the key of the host is known there already. */
  writeSshConfig(first: readonly string[] = []): void {
    writeSshConfig(this.space.stateDir, this.host, first);
  }

  writeClip(options: SequenceOptions = {}, name = this.clip): void {
    writeSequences(path.join(this.space.exports, name), { passes: ['color', 'depth'], ...options });
  }

  /** From now on daemons of this world have clocks that can be set ahead. */
  async shiftClocks(): Promise<ShiftedClock> {
    this.clock ??= await ShiftedClock.create(this.space.folder);
    return this.clock;
  }

  start(strike?: Strike): DaemonProcess {
    this.client = undefined;
    this.daemon = DaemonProcess.start(this.space, strike, { HOME: this.space.stateDir, ...this.clock?.env });
    return this.daemon;
  }

  /** Everything of the daemon stands still until it goes on, as on a laptop that sleeps. */
  async haltDaemon(): Promise<void> {
    const { daemonPid } = this;
    process.kill(daemonPid, 'SIGSTOP');
    await until('the daemon stands still', () => stateOf(daemonPid) === 'T');
  }

  continueDaemon(): void {
    process.kill(this.daemonPid, 'SIGCONT');
  }

  get daemonPid(): number {
    return this.daemon?.pid ?? 0;
  }

  /** To the daemon started last; starts one when there is none. */
  async connection(): Promise<DaemonClient> {
    this.client ??= await (this.daemon ?? this.start()).connect();
    return this.client;
  }

  /** Ends the daemon in order. */
  async stop(): Promise<void> {
    await this.daemon?.stop();
    this.daemon = undefined;
    this.client = undefined;
  }

  /** The job of a clip or spec, submitted as soon as the clip is seen to be complete. */
  async submit(target = this.clip, more: Readonly<JobOptions> = {}): Promise<string> {
    const client = await this.connection();
    const options = { engine: this.engine, prompt: 'a street in rain', ...more };
    const request = { targets: [target], options, idempotencyKey: target };
    const { jobs } = await vi.waitFor(() => client.call('job.submit', request), { interval: 50 });
    return jobs[0]?.id ?? '';
  }

  async job(id: string): Promise<Job> {
    return (await (await this.connection()).call('job.get', { id })).job;
  }

  /** The job, once `is` holds; throws with the last one seen. */
  async awaitJob(id: string, is: (job: Job) => boolean): Promise<Job> {
    let job = await this.job(id);
    const isSo = async () => {
      job = await this.job(id);
      return is(job);
    };
    await until('the job is as expected', isSo).catch((cause: unknown) => {
      throw new Error(`The job is ${job.state}: ${job.reason}`, { cause });
    });
    return job;
  }

  async ended(id: string): Promise<Job> {
    return this.awaitJob(id, ({ state }) => isEnded(state));
  }

  /** What `cosmos host ls` shows of the host. */
  async hostLine(): Promise<Host> {
    const { hosts } = await (await this.connection()).call('host.list', {});
    const found = hosts.find(({ id }) => id === HOST_NAME);
    if (found === undefined) throw new Error(`${HOST_NAME} is not among the hosts.`);
    return found;
  }

  /** The daemon's own copy. */
  daemonLog(run: string): Buffer {
    return readFileSync(path.join(this.space.stateDir, 'runs', run, 'log'));
  }

  /** Resolves with the run of the job once the model has done so many steps. */
  async underWay(id: string, step = 3): Promise<string> {
    const isThere = ({ run, state, reason }: Job) => {
      if (isEnded(state)) throw new Error(`The job is ${state} before step ${step}: ${reason}`);
      return run !== null && this.witness.hasStep(run, step);
    };
    return (await this.awaitJob(id, isThere)).run ?? '';
  }

  /** What clients see after the daemon has found that it cannot use the host. */
  async awaitAway(): Promise<string> {
    let reason = '';
    await until('the host is seen to be away', async () => {
      const host = await this.hostLine();
      reason = host.state === 'unreachable' ? host.reason : '';
      return reason !== '';
    });
    return reason;
  }

  /** The machine of the daemon is gone. */
  async crash(): Promise<void> {
    await this.daemon?.kill();
    this.daemon = undefined;
    this.client = undefined;
  }

  async cosmos(...args: string[]) {
    const { stateDir, folder, config } = this.space;
    const result = await runCosmos({ stateDir, cwd: folder }, '--config', config, '--json', ...args);
    return { ...result, json: result.stdout === '' ? null : JSON.parse(result.stdout) };
  }

  /** Through the command line: the clip is there and complete. */
  async awaitClip(): Promise<void> {
    const isReady = async () => {
      const { json } = await this.cosmos('clip', 'ls');
      const states = Clip.array()
        .parse(json)
        .map(({ state }) => state);
      return states.length === 1 && states[0] === 'ready';
    };
    await until('the clip is ready', isReady);
  }

  /** The last that the daemon wrote of its troubles: for the message of a test that fails. */
  troubles(): string {
    const { daemonLog } = new StateDir(this.space.stateDir);
    const lines = existsSync(daemonLog) ? readFileSync(daemonLog, 'utf8').split('\n') : [];
    const troubles = lines.filter((line) => /"level":[456]0/.test(line)).map((line) => line.slice(0, 1000));
    return [...troubles.slice(-10), this.daemon?.words ?? ''].join('\n');
  }

  private async end(): Promise<void> {
    this.witness.close();
    if (this.daemon === undefined)
      await this.cosmos('daemon', 'stop'); // one that the command line started
    else await this.daemon.kill();
  }
}
