/** The whole walk on a real host: all is well, and then one thing after the other is not. */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../../../daemon/clock.js';
import type { EngineNeeds, ProbedHost } from '../../../../daemon/host/probe/context.js';
import { probeHost } from '../../../../daemon/host/probe/probe.js';
import { SshConnection } from '../../../../daemon/host/shell/ssh.js';
import { type HostCheck, HostConfig, type HostEngineConfig, type HostProblem } from '../../../../schemas/index.js';
import type { GpuHost } from '../../../gpu-host/gpu-host.js';
import { H100, NVIDIA_SMI_FAILURES } from '../../../gpu-host/gpus.js';
import { hostOfFile, hostOfTest } from '../../../gpu-host/hosts.js';
import { TINY_IMAGE, tinyImage } from '../../../gpu-host/tiny-image.js';
import { SshClient } from '../../../support/ssh-client.js';

const TOKEN = 'hf_verysecret';
const NEEDS: EngineNeeds = {
  ...{ engine: 'transfer2.5', memoryGb: 65.4, driver: '570.124.06', gated: true },
  ...{ repository: 'https://example.com/cosmos', entry: 'examples/inference.py', since: '2026-04-14' },
};

/** The checkout as a container leaves it: written to by root, in the user's home. */
const CHECKOUT = `cd "$1/checkout" && git init -q . && git add . &&
git -c user.name=me -c user.email=me@example.com commit -q -m first && cd .. && chown --reference=. *`;

const images = [await tinyImage()];
const host = await hostOfFile({ images });
const engine = await furnish(host);

afterEach(() => {
  host.gpus.recover();
  host.gpus.set([H100, H100]);
  host.gpus.setProcesses([]);
  host.gpus.setDriver('570.124.06', '12.8');
  host.setClockSkew(0);
});

test('on a good host every check is well, and nothing is left behind', async () => {
  const { checks, told } = await probe(host);
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(told).toEqual(checks);
  expect(checks.map(({ check }) => check)).toEqual([
    ...['reachable', 'host key', 'login', 'shell', 'ownership', 'root', 'disk', 'clock', 'driver', 'GPUs', 'GPU use'],
    ...['Docker', 'image', 'GPUs in containers', 'checkout', 'model cache', 'token'],
  ]);
  expect(JSON.stringify(checks)).not.toContain(TOKEN);
  expect((await host.docker('ps', '--all', '--quiet')).stdout).toBe('');
  expect((await host.sh('ls -A "$1"', path.dirname(host.root))).stdout).not.toContain('cosmos\n');
});

test('without a root, one in the home is looked at', async () => {
  const { root, checks } = await probe(host, { root: undefined });
  expect(root).toBe(`${host.home}/cosmos-bridge`);
  expect(of(checks, 'root')?.message).toBe(`${root} can be made in ${host.home}.`);
});

describe('start files of the login shell', () => {
  const file = path.join(host.home, '.bashrc');
  afterEach(() => rmSync(file));

  test('one that talks and traps changes no check', async () => {
    writeFileSync(file, `echo Welcome; read answer; trap 'echo bye; exit 3' EXIT\n`);
    const { checks } = await probe(host);
    expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  test('one that waits for ever is the finding, in its own words', async () => {
    writeFileSync(file, 'echo "Loading modules"; sleep 3600\n');
    const clock: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms / 10, callback) };
    const { checks } = await probe(host, {}, NEEDS, clock);
    expect(of(checks, 'shell')).toMatchObject({
      ...{ state: 'failed', code: 'host_shell_failed' },
      message: expect.stringContaining('20 seconds; it said "Loading modules". A start file'),
      remedy: expect.stringMatching(/^This has to print "ready": ssh .* "\/bin\/sh -c 'echo ready'"$/),
    });
  });
});

describe('what is wrong is said with what to do', () => {
  const cases: readonly {
    readonly code: HostProblem;
    readonly says: string;
    readonly act: () => Promise<HostCheck[]>;
  }[] = [
    {
      code: 'driver_too_old',
      says: '550.54.15 is installed',
      act: withGpus((gpus) => gpus.setDriver('550.54.15', '12.4')),
    },
    { code: 'gpu_busy', says: 'GPU 0 by python (process 4711, 500 MiB)', act: withGpus(occupy) },
    {
      code: 'gpu_memory_small',
      says: 'NVIDIA L40S',
      act: withGpus((gpus) => gpus.set([{ ...H100, name: 'NVIDIA L40S', memoryTotalMiB: 46_068 }])),
    },
    { code: 'gpu_query_failed', says: 'No devices were found', act: withGpus((gpus) => gpus.set([])) },
    {
      code: 'gpu_query_failed',
      says: 'NVIDIA-SMI has failed',
      act: withGpus((gpus) => gpus.fail(NVIDIA_SMI_FAILURES.driverNotLoaded)),
    },
    { code: 'gpu_missing', says: 'lists 2 GPUs, and 3', act: async () => (await probe(host, { gpus: 3 })).checks },
    { code: 'clock_skewed', says: 'seconds behind', act: skewed(-3600) },
    { code: 'clock_skewed', says: 'seconds ahead', act: skewed(60) },
    { code: 'image_missing', says: 'nvidia-cosmos:none', act: withEngine({ image: 'nvidia-cosmos:none' }) },
    { code: 'image_unset', says: 'No image', act: withEngine({ image: undefined }) },
    { code: 'checkout_missing', says: 'examples/inference.py is not in it', act: withEngine({ checkout: '/nowhere' }) },
    { code: 'checkout_unset', says: 'No checkout', act: withEngine({ checkout: undefined }) },
    { code: 'cache_missing', says: '/no/cache', act: withEngine({ hf_cache: '/no/cache' }) },
    { code: 'secrets_missing', says: '/no/env', act: withEngine({ env_file: '/no/env' }) },
    { code: 'token_missing', says: 'holds no token', act: withEngine({ env_file: undefined }) },
    { code: 'secrets_exposed', says: 'mode 644', act: withEnvFile(`HF_TOKEN=${TOKEN}\n`, 0o644) },
    { code: 'token_missing', says: 'gives no HF_TOKEN', act: withEnvFile('HF_TOKEN=\nOTHER=1\n', 0o600) },
    {
      code: 'root_unusable',
      says: '/etc is not writable',
      act: async () => (await probe(host, { root: '/etc/cosmos' })).checks,
    },
    {
      code: 'root_unusable',
      says: 'not an absolute path',
      act: async () => (await probe(host, { root: 'cosmos' })).checks,
    },
    {
      code: 'root_unusable',
      says: '/etc/passwd is no folder',
      act: async () => (await probe(host, { root: '/etc/passwd/x' })).checks,
    },
    { code: 'price_unset', says: 'rented', act: async () => (await probe(host, { ownership: 'rented' })).checks },
  ];

  test.each(cases)('$code: $says', async ({ code, says, act }) => {
    const found = (await act()).find((check) => check.code === code);
    expect(found?.message).toContain(says);
    expect(found?.remedy).toBeTruthy();
    expect(JSON.stringify(found)).not.toContain(TOKEN);
  });
});

test('a skew is known to a second', async () => {
  host.setClockSkew(-3600);
  const { checks } = await probe(host);
  const seconds = Number(of(checks, 'clock')?.data.seconds);
  expect(Math.abs(seconds + 3600)).toBeLessThanOrEqual(1);
});

test('an old commit of the checkout is a warning', async () => {
  const { checks } = await probe(host, {}, { ...NEEDS, since: '2999-01-01' });
  expect(of(checks, 'checkout')).toMatchObject({ state: 'warning', code: 'checkout_old' });
  expect(of(checks, 'checkout')?.message).toMatch(/ is at [0-9a-f]{7,} of 20\d\d-\d\d-\d\d; before 2999-01-01 /);
});

test('a host without toolkit cannot give GPUs to containers, and no container is left', async () => {
  const bare = await hostOfTest({ images, toolkit: false });
  const { checks } = await probe(bare, { engine: { 'transfer2.5': { image: TINY_IMAGE, ipc: 'host' } } });
  expect(of(checks, 'GPUs in containers')).toMatchObject({ state: 'failed', code: 'gpu_runtime_missing' });
  expect((await bare.docker('ps', '--all', '--quiet')).stdout).toBe('');
});

test('a user without the group docker is told so; what needs Docker is skipped', async () => {
  const stranger = await hostOfTest({ dockerGroup: false, homeBytes: 2 ** 26 });
  const { checks } = await probe(stranger);
  expect(of(checks, 'Docker')).toMatchObject({ code: 'docker_forbidden' });
  expect(of(checks, 'Docker')?.remedy).toContain(`usermod -aG docker ${stranger.user}`);
  expect(of(checks, 'image')?.state).toBe('skipped');
  expect(of(checks, 'disk')).toMatchObject({ state: 'failed', code: 'disk_full' });
});

test('a host without Docker and driver', async () => {
  const bare = await hostOfTest({ docker: false, driver: false });
  const { checks } = await probe(bare);
  expect(of(checks, 'Docker')).toMatchObject({ code: 'docker_missing' });
  expect(of(checks, 'driver')).toMatchObject({ code: 'gpu_query_failed' });
  expect(of(checks, 'driver')?.message).toContain('There is no nvidia-smi on the host');
});

function of(checks: readonly HostCheck[], name: HostCheck['check']): HostCheck | undefined {
  return checks.find(({ check }) => check === name);
}

/** Puts there what an engine needs. */
async function furnish(machine: GpuHost): Promise<HostEngineConfig> {
  const at = (name: string) => path.join(machine.home, name);
  mkdirSync(at('checkout/examples'), { recursive: true });
  mkdirSync(at('hf cache'));
  writeFileSync(at('checkout/examples/inference.py'), '');
  writeFileSync(at('cosmos.env'), `HF_TOKEN=${TOKEN}\n`, { mode: 0o600 });
  await machine.sh(CHECKOUT, machine.home);
  return {
    image: TINY_IMAGE,
    checkout: at('checkout'),
    hf_cache: at('hf cache'),
    env_file: at('cosmos.env'),
    ipc: 'host',
  };
}

async function probe(
  machine: GpuHost,
  change: Partial<ProbedHost> = {},
  needs: EngineNeeds = NEEDS,
  clock: Clock = systemClock,
) {
  const client = new SshClient();
  const known = machine.sshOptions.find((word) => word.startsWith('UserKnownHostsFile='))?.split('=')[1] ?? '';
  client.config(
    `Host gpu\n  HostName ${machine.address}\n  Port ${machine.port}\n  User ${machine.user}\n` +
      `  IdentityFile ${machine.identityFile}\n  UserKnownHostsFile ${known}\n`,
  );
  const told: HostCheck[] = [];
  const whole = HostConfig.parse({ name: 'gpu1', ssh: 'gpu', root: machine.root, ownership: 'mine' });
  const config: ProbedHost = { ...whole, engine: { 'transfer2.5': engine }, ...change };
  const probed = await probeHost({
    ...{ config, needs: [needs], clock, onCheck: (check) => told.push(check) },
    target: () => client.target('gpu'),
    open: (target) => SshConnection.open(target, { ...client.options, clock }),
  });
  return { ...probed, checks: [...probed.checks], told };
}

function withGpus(change: (gpus: GpuHost['gpus']) => void) {
  return async () => {
    change(host.gpus);
    return (await probe(host)).checks;
  };
}

function occupy(gpus: GpuHost['gpus']): void {
  gpus.setProcesses([{ gpu: 0, pid: 4711, name: 'python', memoryMiB: 500 }]);
}

function skewed(seconds: number) {
  return async () => {
    host.setClockSkew(seconds);
    return (await probe(host)).checks;
  };
}

function withEngine(change: Partial<HostEngineConfig>) {
  return async () => (await probe(host, { engine: { 'transfer2.5': { ...engine, ...change } } })).checks;
}

function withEnvFile(text: string, mode: number) {
  return async () => {
    const file = path.join(host.home, 'other.env');
    rmSync(file, { force: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
    await host.sh('chown --reference="$1" "$1/other.env"', host.home);
    return (await probe(host, { engine: { 'transfer2.5': { ...engine, env_file: file } } })).checks;
  };
}
