/** The image in a real engine, run as a user would run NVIDIA's. */
import { cpSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { must } from '../execute.js';
import { hostOfFile } from '../hosts.js';
import { SIM_IMAGE, simImage } from './image.js';
import { messages, SimFolder, shapeOf, told } from './sim-run.js';
import { checkoutFolder } from './sources.js';

const host = await hostOfFile({ images: [await simImage()] });
const SPEC = { name: 'street', prompt: 'x', video_path: 'color.mp4', resolution: '256', edge: {} };

/** A folder on the host with passes and a spec, which a container gets as its working folder. */
async function workFolder(spec: object = SPEC): Promise<string> {
  const { path: made } = await SimFolder.with(spec);
  const work = path.join(host.home, path.basename(made));
  cpSync(made, work, { recursive: true });
  return work;
}

function run(work: string, options: readonly string[], ...argv: string[]) {
  const mount = ['--mount', `type=bind,source=${work},target=${work}`, '--workdir', work];
  return host.docker('run', '--rm', '--init', '--pull', 'never', ...mount, ...options, SIM_IMAGE, ...argv);
}

const TRANSFER25 = ['python', '/workspace/examples/inference.py', '-i', 'spec.json', '-o', 'out'];

test('transfer2.5 in a container: files on the host, with a mark that can be read', async () => {
  const work = await workFolder();
  const { exitCode, stdout, stderr } = await run(work, ['--env', 'HF_HOME=/cache'], ...TRANSFER25);
  expect(exitCode, stderr).toBe(0);
  expect(messages(stdout)).toContain(`Generated video saved to ${work}/out/street.mp4`);
  expect(told(stdout, 'process')).toMatchObject([{ uid: 0, cwd: work, shown: { HF_HOME: '/cache' } }]);
  expect(await shapeOf(path.join(work, 'out', 'street.mp4'))).toBe('320x192 24/1 5');
});

test('cosmos3 on two GPUs by torchrun, in any working folder', async () => {
  const { video_path: _, edge: __, ...spec } = SPEC;
  const work = await workFolder({ ...spec, depth: { control_path: 'depth.mp4' } });
  const module = ['-m', 'cosmos_framework.scripts.inference', '--parallelism-preset=latency', '--no-guardrails'];
  const files = ['-i', 'spec.json', '-o', 'out', '--checkpoint-path', 'Cosmos3-Nano', '--seed', '1'];
  const { exitCode, stderr } = await run(
    work,
    [],
    'torchrun',
    '--nproc-per-node=2',
    '--master-port=29511',
    ...module,
    ...files,
  );
  expect(exitCode, stderr).toBe(0);
  expect(statSync(path.join(work, 'out', 'street', 'vision.mp4')).size).toBeGreaterThan(0);
});

test('a checkout that is mounted at /workspace is the one that runs', async () => {
  const checkout = path.join(host.home, 'checkout');
  cpSync(checkoutFolder, checkout, { recursive: true }); // the home has one path on both sides, the repository has not
  writeFileSync(path.join(checkout, 'examples', 'inference.py'), 'raise SystemExit(7)\n');
  const options = ['--mount', `type=bind,source=${checkout},target=/workspace,readonly`];
  expect(await run(await workFolder(), options, ...TRANSFER25)).toMatchObject({ exitCode: 7 });
});

test('without its entry point the checkout is not importable, as with the real image', async () => {
  const { exitCode, stderr } = await run(
    await workFolder(),
    ['--entrypoint', 'python'],
    '-m',
    'cosmos_framework.scripts.inference',
  );
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('No module named')]);
});

test.each([
  ['oom', 137],
  ['crash@step:2', 1],
])('the exit code of %s reaches the engine', async (fault, code) => {
  expect(await run(await workFolder(), ['--env', `COSMOS_SIM_FAULT=${fault}`], ...TRANSFER25)).toMatchObject({
    exitCode: code,
  });
});

test('a GPU is given and seen', async () => {
  const { exitCode, stdout, stderr } = await run(await workFolder(), ['--gpus', 'device=0'], ...TRANSFER25);
  expect(exitCode, stderr).toBe(0);
  expect(told(stdout, 'process')[0]?.shown).toMatchObject({ NVIDIA_VISIBLE_DEVICES: '0' });
  expect((await run(await workFolder(), ['--gpus', 'device=0'], 'nvidia-smi', '-L')).stdout).toMatch(/^GPU 0: /m);
});

test('the shell and tools that a wrapper needs are there', async () => {
  const script =
    'for tool in cat mv ln rm ls touch sleep tail base64 setsid id chown stat; do command -v $tool || exit 9; done';
  expect(await run(await workFolder(), [], 'sh', '-c', script)).toMatchObject({ exitCode: 0 });
});

test('equal sources make the image once', async () => {
  const first = await simImage();
  const made = statSync(first).mtimeMs;
  expect([await simImage(), statSync(first).mtimeMs]).toEqual([first, made]);
  expect(await must(['tar', '-tf', first])).toContain('manifest.json');
});
