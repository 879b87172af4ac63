/** A workspace whose one host is a host of test/gpu-host, and its daemon: what a bench of remote runs works on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DaemonClient } from '../../client/daemon-client.js';
import { connectTo } from '../../daemon/cli/client.js';
import { Discovery } from '../../schemas/index.js';
import { until } from '../gpu-host/execute.js';
import type { GpuHost } from '../gpu-host/gpu-host.js';
import { configuration, writeSecret, writeSshConfig } from '../gpu-host/remote-setup.js';
import { writeSequences } from '../support/passes.js';

const CLIP = 'street';
const daemonFile = fileURLToPath(new URL('../../daemon/main.js', import.meta.url));

export class RemotePlace {
  private constructor(
    private readonly host: GpuHost,
    private readonly state: string,
    private readonly daemon: ChildProcess,
    private readonly client: DaemonClient,
  ) {}

  /** `folder` is this place's alone; `sim` are variables of cosmos-sim, which the container gets by its env_file. */
  static async open(host: GpuHost, folder: string, sim: Readonly<Record<string, string>>): Promise<RemotePlace> {
    const state = path.join(folder, 'state');
    const config = path.join(folder, 'cosmos.toml');
    const exports = path.join(folder, 'exports');
    mkdirSync(state, { mode: 0o700 });
    writeSequences(path.join(exports, CLIP), { passes: ['color', 'depth'] });
    const environment = `${host.root}.env`;
    await writeSecret(host, environment, sim);
    writeFileSync(
      config,
      configuration('transfer2.5', host.root, environment).replace('EXPORTS', JSON.stringify(exports)),
    );
    writeSshConfig(state, host, []);
    const args = [daemonFile, '--state-dir', state, '--config', config];
    const daemon = spawn(process.execPath, args, {
      env: { ...process.env, HOME: state },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    try {
      return new RemotePlace(host, state, daemon, await connect(daemon, path.join(state, 'daemon.json')));
    } catch (error) {
      daemon.kill('SIGKILL');
      throw error;
    }
  }

  get discoveryFile(): string {
    return path.join(this.state, 'daemon.json');
  }

  /** Submits the clip; gives the run, and the path of its log on the host, as soon as that is there. */
  async run(): Promise<{ run: string; log: string }> {
    const options = { engine: 'transfer2.5', prompt: 'a street in rain' } as const;
    const request = { targets: [CLIP], options, idempotencyKey: 'once' };
    const submitted = () =>
      this.client.call('job.submit', request).then(
        () => true,
        () => false, // the clip has not been seen to be complete yet
      );
    await until('the clip can be submitted', submitted);
    const runs = path.join(this.host.root, 'runs');
    const logs = () =>
      (existsSync(runs) ? readdirSync(runs) : []).map((run) => ({ run, log: path.join(runs, run, 'log') }));
    const found = () => logs().find(({ log }) => existsSync(log));
    await until('the run has a log on the host', () => found() !== undefined, 60_000);
    return found() ?? { run: '', log: '' };
  }

  async close(): Promise<void> {
    if (this.daemon.exitCode !== null || this.daemon.signalCode !== null) return;
    const ended = once(this.daemon, 'exit');
    await this.client.call('daemon.stop', {}).catch(() => this.daemon.kill('SIGKILL'));
    await ended;
  }
}

async function connect(daemon: ChildProcess, discoveryFile: string): Promise<DaemonClient> {
  await until('the daemon is up', () => daemon.exitCode !== null || existsSync(discoveryFile));
  if (daemon.exitCode !== null) throw new Error(`The daemon ended with ${daemon.exitCode}.`);
  return connectTo(Discovery.parse(JSON.parse(readFileSync(discoveryFile, 'utf8'))));
}
