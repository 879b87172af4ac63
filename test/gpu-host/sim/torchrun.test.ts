import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import { COSMOS3, SimFolder, TRANSFER25, told } from './sim-run.js';

const SPEC = {
  name: 'street',
  prompt: 'A ruined street',
  video_path: 'color.mp4',
  resolution: '256',
  depth: { control_path: 'depth.mp4' },
};

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('no address'));
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function over(gpus: number, argv: readonly string[]): Promise<string[]> {
  return ['torchrun', `--nproc_per_node=${gpus}`, `--master_port=${await freePort()}`, ...argv.slice(1)];
}

function children(pid: number | undefined): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
}

test('transfer2.5: every rank draws bars, rank 0 alone prints and saves', async () => {
  const folder = await SimFolder.with(SPEC);
  const { code, stdout, stderr } = await folder.run(await over(2, TRANSFER25));
  expect(code, stderr).toBe(0);
  expect(stderr.match(/35\/35 \[/g)).toHaveLength(2);
  expect(stdout.match(/Generated video saved to/g)).toHaveLength(1);
  expect(told(stdout, 'process')).toMatchObject([{ shown: { WORLD_SIZE: '2' } }]);
});

test('cosmos3: by module name, and rank 0 alone draws bars', async () => {
  const { video_path: _, ...spec } = SPEC;
  const folder = await SimFolder.with({ ...spec, num_steps: 4 });
  const { code, stderr } = await folder.run(await over(2, COSMOS3));
  expect(code, stderr).toBe(0);
  expect(stderr.match(/4\/4 \[/g)).toHaveLength(1);
  expect(folder.outputs()).toContain('street/sample_outputs.json');
});

test('a rank that fails ends the others, and all with 1', async () => {
  const folder = await SimFolder.with(SPEC);
  const { code, stderr } = await folder.run(await over(2, TRANSFER25), { COSMOS_SIM_FAULT: 'oom' });
  expect([code, stderr]).toEqual([1, expect.stringContaining('ChildFailedError')]);
  expect(stderr).toContain('exitcode  : -9');
});

test('two runs on one master port: the second fails', async () => {
  const folder = await SimFolder.with(SPEC);
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const address = holder.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const argv = ['torchrun', '--nproc-per-node=2', `--master-port=${port}`, ...TRANSFER25.slice(1)];
  const { code, stderr } = await folder.run(argv);
  holder.close();
  expect([code, stderr]).toEqual([1, expect.stringContaining('EADDRINUSE')]);
});

test('a blocked prompt on several GPUs: rank 0 leaves, the others wait for ever; a stop ends all', async () => {
  const folder = await SimFolder.with(SPEC);
  const { child, finished } = folder.start(await over(2, TRANSFER25), { COSMOS_SIM_FAULT: 'guardrail-prompt' });
  await vi.waitFor(() => expect(children(child.pid)).toHaveLength(2));
  const ranks = children(child.pid);
  await vi.waitFor(() => expect(children(child.pid)).toEqual(ranks.slice(1)));
  child.kill('SIGTERM');
  const { code, stdout } = await finished;
  expect([code, stdout]).toEqual([1, expect.stringContaining('Guardrail blocked generation')]);
  expect(ranks.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

test.each([
  ['transfer2.5 cannot split over 5', 5, TRANSFER25, 'Split by width'],
  ['cosmos3 wants pairs', 3, COSMOS3, 'must divide 3'],
])('GPU counts: %s', async (_, gpus, argv, text) => {
  const folder = await SimFolder.with(argv === COSMOS3 ? { ...SPEC, video_path: undefined } : SPEC);
  const { code, stderr } = await folder.run(await over(gpus, argv));
  expect([code, stderr]).toEqual([1, expect.stringContaining(text)]);
});

test('a rank without a GPU of its own fails', async () => {
  const folder = await SimFolder.with(SPEC);
  const { code, stderr } = await folder.run(await over(2, TRANSFER25), { NVIDIA_VISIBLE_DEVICES: '0' });
  expect([code, stderr]).toEqual([1, expect.stringContaining('invalid device ordinal')]);
});
