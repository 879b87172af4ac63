/** The main job where it is meant to run: a real daemon, a real sshd, a real Docker engine; only the model is simulated. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Clip, Host, Job, Result } from '../../schemas/index.js';
import { runCosmos } from '../support/cosmos.js';
import { type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';
import { GpuHost } from './gpu-host.js';
import { SIM_IMAGE, simImage } from './sim/image.js';

/** A host with the simulated models, and a workspace whose configuration names it. */
async function setup(engine: 'transfer2.5' | 'cosmos3') {
  const host = await GpuHost.up({ images: [await simImage()] });
  onTestFinished(() => host.down());
  const space = workspace(`[[host]]
name = "gpu1"
ssh = "gpu1"
root = ${JSON.stringify(host.root)}
gpu = "H100 PCIe"
ownership = "mine"

[host.engine."${engine}"]
image = "${SIM_IMAGE}"
`);
  writeSshConfig(space, host);
  onTestFinished(async () => {
    await cosmos(space, 'daemon', 'stop');
  });
  return { host, space };
}

/** As a user's ~/.ssh/config would be; the key of the host is known there already. */
function writeSshConfig({ stateDir }: Workspace, host: GpuHost): void {
  const folder = path.join(stateDir, '.ssh');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const settings = host.sshOptions.filter((option) => /^(?:Port|UserKnownHostsFile|Identity\w+)=/.test(option));
  const lines = [`HostName=${host.address}`, `User=${host.user}`, ...settings].map((setting) => `  ${setting}`);
  writeFileSync(path.join(folder, 'config'), `Host gpu1\n${lines.join('\n')}\n`, { mode: 0o600 });
}

async function cosmos(space: Workspace, ...args: string[]) {
  const where = { stateDir: space.stateDir, cwd: space.folder };
  const result = await runCosmos(where, '--config', space.config, '--json', ...args);
  return { ...result, json: result.stdout === '' ? null : JSON.parse(result.stdout) };
}

async function awaitClip(space: Workspace): Promise<void> {
  await cosmos(space, 'watch', 'add', space.exports, '--settle', '0.2');
  const states = async () =>
    Clip.array()
      .parse((await cosmos(space, 'clip', 'ls')).json)
      .map(({ state }) => state);
  await expect.poll(states, { timeout: 20_000 }).toEqual(['ready']);
}

test.each(['transfer2.5', 'cosmos3'] as const)(
  '%s: from an export folder to a verified video',
  { timeout: 180_000 },
  async (engine) => {
    const { host, space } = await setup(engine);
    writeSequences(path.join(space.exports, 'street'));
    await awaitClip(space);

    const submitted = await cosmos(
      space,
      'submit',
      'street',
      '--engine',
      engine,
      '--prompt',
      'a street in rain',
      '--wait',
    );
    const job = Job.parse(submitted.json);
    expect(job, submitted.stderr).toMatchObject({ state: 'succeeded', engine, host: 'gpu1', attempt: 1, error: null });
    expect(existsSync(job.output ?? '')).toBe(true);

    const [result] = Result.array().parse((await cosmos(space, 'result', 'ls')).json);
    expect(result).toMatchObject({ job: job.id, frames: 8, fps: 24, preview: false });
    const provenance = readFileSync(String(job.output).replace(/\.mp4$/, '.json'), 'utf8');
    expect(provenance).toContain('a street in rain');

    const hosts = Host.array().parse((await cosmos(space, 'host', 'ls')).json);
    expect(hosts.find(({ id }) => id === 'gpu1')).toMatchObject({ kind: 'ssh', state: 'online', gpu: 'H100 PCIe' });
    const left = await host.docker('ps', '--quiet', '--filter', 'name=cosmos-');
    expect(left.stdout).toBe('');
  },
);
