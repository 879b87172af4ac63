import { expect, test } from 'vitest';
import { toJobError } from '../../../../daemon/errors.js';
import type { ContainerPlan } from '../../../../daemon/host/host.js';
import { containerArguments, mount } from '../../../../daemon/host/ssh/container.js';
import { containerFailure } from '../../../../daemon/host/ssh/container-failures.js';

const plan: ContainerPlan = {
  ...{ image: 'cosmos:1', entrypoint: 'image', workdir: '/workspace', ipc: 'host', gpus: [0, 1] },
  mounts: [{ source: '/src', target: '/workspace', readonly: false }],
  volumes: [{ name: 'venv', target: '/workspace/.venv' }],
  envFile: '/home/me/secrets.env',
};

function argumentsOf(change: Partial<ContainerPlan> = {}, env: Record<string, string> = {}): string[] {
  const command = { argv: ['python', '-x'] as [string, string], env };
  return containerArguments({ run: 'r1', folder: '/data/runs/r1', token: 't', command, plan: { ...plan, ...change } });
}

test('the image keeps its entry point and gets wrapper and command as its arguments', () => {
  const args = argumentsOf();
  expect(args).not.toContain('--entrypoint');
  const image = args.indexOf('cosmos:1');
  expect(args.slice(image + 1)).toEqual(['sh', '/data/runs/r1/wrapper.sh', '/data/runs/r1', 't', '0', 'python', '-x']);
});

test('GPUs are quoted for Docker, secrets are only named, staged files cannot be written', () => {
  const args = argumentsOf({}, { A: 'b c' });
  expect(args[args.indexOf('--gpus') + 1]).toBe('"device=0,1"');
  expect(args[args.indexOf('--env-file') + 1]).toBe('/home/me/secrets.env');
  expect(args[args.indexOf('--env') + 1]).toBe('A=b c');
  expect(args).toContain('type=bind,source=/data/runs/r1/specs,target=/data/runs/r1/specs,readonly');
  expect(args).toContain('type=volume,source=venv,target=/workspace/.venv');
  expect(argumentsOf({ gpus: [] })).not.toContain('--gpus');
});

test('paths with commas and quotes are one field of CSV', () => {
  const [, value] = mount('bind', { source: '/a,b', target: '/say "hi"', readonly: true });
  expect(value).toBe('type=bind,"source=/a,b","target=/say ""hi""",readonly');
});

test.each([
  { image: '--privileged' },
  { image: '' },
  { ipc: 'container:x' },
  { mounts: [{ source: 'volume', target: '/x', readonly: true }] },
  { mounts: [{ source: '/x\n/y', target: '/x', readonly: true }] },
])('%j cannot be meant', (change) => {
  expect(() => argumentsOf(change)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
});

test('a name that no shell would take is no variable', () => {
  expect(() => argumentsOf({}, { 'A=B': 'c' })).toThrow(expect.objectContaining({ code: 'config_invalid' }));
});

/** As Docker 20.10 to 28 say it. */
test.each([
  ["docker: Error response from daemon: No such image: x:1.\nSee 'docker run --help'.", 'image_missing'],
  ["Unable to find image 'x:1' locally\ndocker: Error response from daemon", 'image_missing'],
  ['could not select device driver "" with capabilities: [[gpu]].', 'gpu_runtime_missing'],
  ['nvidia-container-cli: initialization error: driver error: failed to process request', 'gpu_runtime_missing'],
  ['Conflict. The container name "/cosmos-r1" is already in use by container "ab"', 'container_conflict'],
  [
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    'docker_unreachable',
  ],
  ['Got permission denied while trying to connect to the Docker daemon socket', 'docker_unreachable'],
  ['sh: 1: docker: not found', 'docker_unreachable'],
  ['invalid mount config for type "bind": bind source path does not exist: /x', 'container_failed'],
  ['write /x: no space left on device', 'disk_full'],
  ['cannot set both Count and DeviceIDs on device request.', 'internal'],
  // As people reported it.
  ['docker: Error response from daemon: unknown or invalid runtime name: nvidia.', 'gpu_runtime_missing'],
  ['docker: Error response from daemon: Unknown runtime specified nvidia.', 'gpu_runtime_missing'],
  [
    "docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error running hook #0: error running hook: exit status 1, stdout: , stderr: Auto-detected mode as 'legacy'\nnvidia-container-cli: initialization error: load library failed: libnvidia-ml.so.1: cannot open shared object file: no such file or directory: unknown.",
    'gpu_runtime_missing',
  ],
  [
    'nvidia-container-cli: initialization error: nvml error: driver/library version mismatch: unknown.',
    'gpu_runtime_missing',
  ],
  [
    'nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.8, please update your driver',
    'gpu_runtime_missing',
  ],
  [
    "Unable to find image 'x:1' locally\ndocker: Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
    'image_missing',
  ],
  [
    'Error response from daemon: Head "https://nvcr.io/v2/nvidia/cosmos/cosmos-predict2-container/manifests/1.0": unauthorized',
    'image_missing',
  ],
  ['docker: unauthorized: authentication required.', 'image_missing'],
  ['standard_init_linux.go:211: exec user process caused "exec format error"', 'container_failed'],
  ['Error: No such container: cosmos-init', 'container_failed'],
  ['something new', 'container_failed'],
])('%j is %s', (stderr, code) => {
  const subject = { image: 'x:1', container: 'cosmos-r1', envFile: null };
  const error = containerFailure({ exitCode: 125, stdout: Buffer.alloc(0), stderr }, 'started', subject);
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^\S.*[.0-9a-z]$/);
  expect(error.message).not.toMatch(/See 'docker/);
});

test.each([
  ['toomanyrequests: You have reached your pull rate limit.', 'transient', /limits how often/],
  ['net/http: TLS handshake timeout', 'transient', /registry could not be reached/],
  ["pull access denied for x, repository does not exist or may require 'docker login'", 'host', /nor in a registry/],
  ['nvml error: driver/library version mismatch', 'host', /reboot the host/],
  ['libnvidia-ml.so.1: cannot open shared object file', 'host', /not installed or not loaded/],
])('%s is the doing of: %s', (stderr, kind, message) => {
  const subject = { image: 'x:1', container: 'cosmos-r1', envFile: null };
  const error = containerFailure({ exitCode: 125, stdout: Buffer.alloc(0), stderr }, 'started', subject);
  expect(toJobError(error)).toMatchObject({ class: kind, message: expect.stringMatching(message) });
});
