/** Hosts that lack something, lose it, or go down. */
import { nanoid } from 'nanoid';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SshConnection } from '../../../../daemon/host/shell/ssh.js';
import { hostOfTest } from '../../../gpu-host/hosts.js';
import type { GpuHostOptions } from '../../../gpu-host/options.js';
import { tinyImage } from '../../../gpu-host/tiny-image.js';
import { containerHost, PLAN } from '../../../support/containers.js';
import { connectTo } from '../../../support/gpu-host-connection.js';
import { FOREVER, nodeCommand } from '../../../support/run-command.js';

async function world(options: GpuHostOptions = {}) {
  const machine = await hostOfTest({ images: [await tinyImage()], ...options });
  const root = `${machine.root}/${nanoid()}`;
  const connect = async () => {
    const remote: SshConnection = await connectTo(machine);
    onTestFinished(() => remote.close());
    return containerHost(remote, root);
  };
  return { machine, connect, host: await connect() };
}

const onGpu = { ...nodeCommand(FOREVER), container: { ...PLAN, gpus: [0] } };

test('without the NVIDIA toolkit, a run with GPUs does not start and leaves no container', async () => {
  const { machine, host } = await world({ toolkit: false });
  await expect(host.start('r1', onGpu)).rejects.toMatchObject({ code: 'gpu_runtime_missing' });
  expect((await machine.docker('container', 'ls', '--all', '--quiet')).stdout).toBe('');
  expect(await host.inspect('r1')).toEqual({ state: 'absent' });
});

test('without the right to use Docker, it is said so', async () => {
  const { host } = await world({ dockerGroup: false, images: [] });
  await expect(host.start('r1', onGpu)).rejects.toMatchObject({ code: 'docker_unreachable' });
});

test('secrets that others may read are refused; their own reach the command and nothing else', async () => {
  const { machine, host } = await world();
  const envFile = `${machine.home}/secrets.env`;
  await machine.sh('echo HF_TOKEN=hf_secret >"$1"; chown "$2" "$1"; chmod 644 "$1"', envFile, machine.user);
  const command = {
    ...nodeCommand('require("node:fs").writeFileSync("seen", process.env.HF_TOKEN)'),
    container: { ...PLAN, envFile },
  };
  await expect(host.start('r1', command)).rejects.toMatchObject({ code: 'secrets_exposed' });
  await machine.sh('chmod 600 "$1"', envFile);
  await host.start('r1', command);
  await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 0 }));
  const { stdout } = await machine.sh('cd "$1" && grep -rl hf_secret .', host.runFolder('r1'));
  expect(stdout).toBe('./seen\n');
});

test('after a power cut the run is over, its GPUs are free, and it does not start again', async () => {
  const { machine, host, connect } = await world();
  await host.start('r1', { ...nodeCommand(`console.log('hi'); ${FOREVER}`), container: { ...PLAN, gpus: [0] } });
  await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ logBytes: 3 }));
  await machine.reboot();
  const later = await connect();
  const status = await later.inspect('r1');
  expect(['lost', 'exited']).toContain(status.state);
  await later.start('r1', onGpu);
  await later.stop('r1');
  expect(await later.inspect('r1')).toMatchObject({ state: 'exited', logBytes: 3 });
});

test('a cut connection leaves no follower on the host, and the run goes on', async () => {
  const { machine, host, connect } = await world();
  await host.start('r1', nodeCommand(`console.log('hi'); ${FOREVER}`));
  const followers = async () => (await machine.sh('ps -eo args | grep -c "^[t]ail -c"')).stdout;
  const following = (async () => {
    for await (const _ of host.follow('r1', 0, new AbortController().signal)) {
      expect(await followers()).toBe('1\n');
      await machine.dropSessions();
    }
  })();
  await expect(following).rejects.toMatchObject({ code: 'host_connection_lost' });
  await vi.waitFor(async () => expect(await followers()).toBe('0\n'));
  const later = await connect();
  expect(await later.inspect('r1')).toEqual({ state: 'running', logBytes: 3 });
  await later.stop('r1');
});
