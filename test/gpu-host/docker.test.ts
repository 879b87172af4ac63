import { describe, expect, test } from 'vitest';
import { until } from './execute.js';
import type { GpuHost } from './gpu-host.js';
import { hostOfFile, hostOfTest } from './hosts.js';
import { TINY_IMAGE, tinyImage } from './tiny-image.js';

const images = [await tinyImage()];
const host = await hostOfFile({ images });

/** `docker run` by the user, over SSH. */
function run(on: GpuHost, ...words: string[]) {
  return on.ssh('docker', 'run', '--rm', '--pull', 'never', ...words);
}

test('the user runs a container; its engine is nobody else’s', async () => {
  expect(await run(host, TINY_IMAGE, 'echo', 'hello')).toMatchObject({ exitCode: 0, stdout: 'hello\n' });
  expect((await host.ssh('docker info --format "{{.Name}} {{.Images}}"')).stdout).toBe('gpu01 1\n');
});

test('a container gets the GPU it asked for, and only that one', async () => {
  const { exitCode, stdout, stderr } = await run(host, `--gpus '"device=1"'`, TINY_IMAGE, 'nvidia-smi', '-L');
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toBe(`GPU 0: NVIDIA H100 80GB HBM3 (UUID: ${host.gpus.uuid(1)})\n`);
});

test('a GPU that is not there is refused', async () => {
  const refused = await run(host, `--gpus '"device=7"'`, TINY_IMAGE, 'true');
  expect(refused).toMatchObject({ exitCode: 125 });
  expect(refused.stderr).toContain('unknown device');
});

test('an image that needs a newer driver is refused with the toolkit’s words', async () => {
  host.gpus.setDriver('470.57.02', '11.4');
  const refused = await run(host, '--gpus all', `-e 'NVIDIA_REQUIRE_CUDA=cuda>=12.8'`, TINY_IMAGE, 'true');
  host.gpus.setDriver('570.124.06', '12.8');
  expect(refused).toMatchObject({ exitCode: 125 });
  expect(refused.stderr).toContain('unsatisfied condition: cuda>=12.8, please update your driver');
  const served = await run(host, '--gpus all', `-e 'NVIDIA_REQUIRE_CUDA=cuda>=12.8'`, TINY_IMAGE, 'true');
  expect(served, served.stderr).toMatchObject({ exitCode: 0 });
});

test('while a container lives, its memory and its process show on its GPU', async () => {
  await host.docker('run', '-d', '--name', 'busy', '--gpus', 'device=1', TINY_IMAGE, 'sleep', '1000');
  const query = 'nvidia-smi --query-gpu=index,memory.used,utilization.gpu --format=csv,noheader,nounits';
  expect((await host.ssh(query)).stdout).toBe('0, 0, 0\n1, 60000, 97\n');
  const apps = await host.ssh('nvidia-smi --query-compute-apps=gpu_uuid,process_name,used_memory --format=csv');
  expect(apps.stdout).toContain(`${host.gpus.uuid(1)}, python, 60000 MiB`);

  await host.killContainer('busy');
  expect((await host.docker('wait', 'busy')).stdout).toBe('137\n');
  await until('the memory is free', async () => (await host.ssh(query)).stdout === '0, 0, 0\n1, 0, 0\n');
  await host.docker('rm', 'busy');
});

test('without the NVIDIA toolkit Docker knows no GPUs', async () => {
  const bare = await hostOfTest({ images, toolkit: false });
  const { exitCode, stderr } = await run(bare, `--gpus '"device=0"'`, TINY_IMAGE, 'true');
  expect(exitCode).toBe(125);
  expect(stderr).toContain('could not select device driver "" with capabilities: [[gpu]]');
});

test('without the group the engine refuses the user, and without Docker there is no such command', async () => {
  const stranger = await hostOfTest({ dockerGroup: false });
  expect((await stranger.ssh('docker ps')).stderr).toContain('permission denied');
  const bare = await hostOfTest({ docker: false, driver: false });
  expect(await bare.ssh('docker ps')).toMatchObject({ exitCode: 127 });
  expect(await bare.ssh('nvidia-smi')).toMatchObject({ exitCode: 127 });
});

describe('a container while the engine restarts', () => {
  const matrix = [
    { signal: 'SIGTERM', liveRestore: true },
    { signal: 'SIGKILL', liveRestore: true },
    { signal: 'SIGTERM', liveRestore: false },
    { signal: 'SIGKILL', liveRestore: false },
  ] as const;

  test.each(matrix)('by $signal with live restore $liveRestore', async ({ signal, liveRestore }) => {
    const command = ['trap "exit 143" TERM; while :; do sleep 0.05; done'];
    await host.docker('run', '-d', '--name', 'steady', '--init', TINY_IMAGE, 'sh', '-c', ...command);
    await host.restartDockerd({ signal, liveRestore });
    const { stdout } = await host.docker('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', 'steady');
    expect(stdout).toBe(liveRestore ? 'running 0\n' : 'exited 143\n');
    await host.docker('rm', '-f', 'steady');
  });
});

test('an engine that is stopped is missed in Docker’s own words', async () => {
  await host.stopDockerd();
  expect((await host.ssh('docker ps')).stderr).toContain('Is the docker daemon running?');
  await host.startDockerd();
  expect(await host.ssh('docker ps')).toMatchObject({ exitCode: 0 });
});
