import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { distFile } from '../support/dist.js';
import { childrenOf, processesWith } from '../support/processes.js';
import { cgroupsNamed } from './cgroups.js';
import { DISK_PREFIX } from './disk.js';
import { until } from './execute.js';
import { GpuHost } from './gpu-host.js';
import { TINY_IMAGE, tinyImage } from './tiny-image.js';

/** Everything by which a host could be noticed on this machine; `disk` is the name of its folder. */
function traces(host: Pick<GpuHost, 'address'>, disk: string, namespaces: readonly string[]) {
  return {
    processes: processesWith(disk).length > 0,
    children: childrenOf(process.pid).length > 0,
    members: readdirSync('/proc').some((pid) => namespaces.includes(namespaceOf(pid, 'pid'))),
    network: readdirSync('/proc').some((pid) => namespaces.includes(namespaceOf(pid, 'net'))),
    mounts: readFileSync('/proc/self/mountinfo', 'utf8').includes(disk),
    cgroups: cgroupsNamed(disk).length > 0,
    line: JSON.stringify(networkInterfaces()).includes(host.address.replace(/\.\d+$/, '.')),
    folders: existsSync(path.join(tmpdir(), disk)),
  };
}

/** Empty for what is no process, or is one no more. */
function namespaceOf(pid: string, kind: 'pid' | 'net'): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return '';
  }
}

/** What lies in the folders of this machine that sshd, Docker or a user could write to. */
function systemFiles(): string[] {
  const folders = ['/etc', '/opt', '/usr', '/var/lib', '/var/log', '/run', '/var/tmp', '/dev/shm', '/root'];
  return folders.flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
}

const each = <T>(value: T) => ({
  processes: value,
  children: value,
  members: value,
  network: value,
  mounts: value,
  cgroups: value,
  line: value,
  folders: value,
});

test('a host that is up shows everywhere, and one that is down nowhere', async () => {
  const before = systemFiles();
  const wan = { roundTripMs: 1, megabits: 1000 };
  const host = await GpuHost.up({ images: [await tinyImage()], homeBytes: 2 ** 20, wan });
  const disk = host.home.split(path.sep).find((part) => part.startsWith(DISK_PREFIX)) ?? '';
  const pid = String(host.pid);
  const namespaces = [namespaceOf(pid, 'pid'), namespaceOf(pid, 'net')];
  expect(await host.docker('run', '--detach', TINY_IMAGE, 'sleep', '1000')).toMatchObject({ exitCode: 0 });
  expect(traces(host, disk, namespaces)).toEqual(each(true));

  await host.sh('touch /opt/mine /tmp/mine /var/log/mine /dev/shm/mine /run/mine /etc/docker/mine');
  await host.ssh('touch /tmp/of-the-user /var/tmp/of-the-user /dev/shm/of-the-user');
  expect(await host.sh('touch /usr/mine')).toMatchObject({ exitCode: 1 }); // no other place can be written

  await host.down();
  expect(traces(host, disk, namespaces)).toEqual(each(false));
  expect(systemFiles().filter((file) => !before.includes(file))).toEqual([]);
  expect(existsSync('/tmp/of-the-user')).toBe(false);
  await host.down(); // again is harmless
});

test('two hosts at once are two machines', async () => {
  const [one, two] = await Promise.all([GpuHost.up({ name: 'one' }), GpuHost.up({ name: 'two' })]);
  try {
    expect(one.port).not.toBe(two.port);
    expect(one.hostKey).not.toBe(two.hostKey);
    expect((await one.ssh('hostname')).stdout).toBe('one\n');
    expect((await two.ssh('hostname')).stdout).toBe('two\n');
    one.gpus.set([]);
    expect((await one.ssh('nvidia-smi -L')).stdout).toBe('No devices were found\n');
    expect((await two.ssh('nvidia-smi -L')).stdout).toContain('GPU 1: NVIDIA H100');
  } finally {
    await Promise.all([one.down(), two.down()]);
  }
});

test('a host that cannot come up says why and leaves nothing', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith(`${DISK_PREFIX}${process.pid}-`));
  await expect(GpuHost.up({ sshdConfig: ['NoSuchKeyword yes'] })).rejects.toThrow('NoSuchKeyword');
  const after = readdirSync(tmpdir()).filter((name) => name.startsWith(`${DISK_PREFIX}${process.pid}-`));
  expect(after).toEqual(before);
});

test('when the process that made a host is killed, the host ends, and the next one sweeps the rest', async () => {
  const maker = spawn(process.execPath, [distFile('test/gpu-host/abandoned-host.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(maker.stdout, 'data');
  const { home, pid } = JSON.parse(String(said));
  const namespace = namespaceOf(pid, 'pid');
  expect(namespace).not.toBe('');
  expect(existsSync(home)).toBe(true);
  maker.kill('SIGKILL');
  await once(maker, 'exit');
  await until('every process of the host has ended', () =>
    readdirSync('/proc').every((id) => namespaceOf(id, 'pid') !== namespace),
  );

  await (await GpuHost.up({ docker: false })).down();
  expect(existsSync(path.resolve(home, '..', '..'))).toBe(false);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(home.split('/home/')[0]);
});
