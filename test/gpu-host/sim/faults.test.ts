/** COSMOS_SIM_FAULT: what a broken run prints, leaves and ends with. */
import { statSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { COSMOS3, messages, SimFolder, shapeOf, TRANSFER25 } from './sim-run.js';

const TRANSFER25_SPEC = {
  name: 'street',
  prompt: 'A ruined street',
  video_path: 'color.mp4',
  resolution: '256',
  depth: { control_path: 'depth.mp4' },
};
const { video_path: _, ...COSMOS3_SPEC } = TRANSFER25_SPEC;

const ENGINES = [
  { engine: 'transfer2.5', spec: TRANSFER25_SPEC, argv: TRANSFER25, bar: 'Generating samples', result: 'street.mp4' },
  { engine: 'cosmos3', spec: COSMOS3_SPEC, argv: COSMOS3, bar: 'Sampling', result: 'street/vision.mp4' },
] as const;

describe.each(ENGINES)('$engine', ({ spec, argv, bar, result }) => {
  async function runWith(fault: string) {
    const folder = await SimFolder.with(spec);
    return { folder, ...(await folder.run(argv, { COSMOS_SIM_FAULT: fault })) };
  }

  test.each([
    ['crash@step:5', 'RuntimeError: CUDA error'],
    ['cuda-oom', 'torch.OutOfMemoryError: CUDA out of memory.'],
  ])('%s: a traceback and exit 1, no result', async (fault, text) => {
    const { code, stderr, folder } = await runWith(fault);
    expect([code, stderr]).toEqual([1, expect.stringContaining(text)]);
    expect(stderr).toContain(`\r${bar}:`);
    expect(folder.outputs()).not.toContain(result);
  });

  test.each([
    ['oom', 'SIGKILL', ''],
    ['oom:message', 'SIGKILL', 'CUDA out of memory'],
    ['nccl', 'SIGABRT', 'Watchdog caught collective operation timeout'],
  ])('%s: ended by %s', async (fault, signal, text) => {
    const folder = await SimFolder.with(spec);
    const { child, finished } = folder.start(argv, { COSMOS_SIM_FAULT: fault });
    const { stderr } = await finished;
    expect([child.signalCode, stderr]).toEqual([signal, expect.stringContaining(text)]);
    expect(folder.outputs()).not.toContain(result);
  });

  test('hang@step:1: alive and silent while another run comes and goes', async () => {
    const folder = await SimFolder.with(spec);
    const { child, finished } = folder.start(argv, { COSMOS_SIM_FAULT: 'hang@step:1' });
    const other = await SimFolder.with(spec);
    expect(await other.run(argv)).toMatchObject({ code: 0 });
    expect(child.exitCode).toBe(null);
    child.kill('SIGTERM');
    const { stderr } = await finished;
    expect(child.signalCode).toBe('SIGTERM');
    expect(stderr.split('\r')).toEqual(['', expect.stringContaining('| 0/')]);
  });

  test('ignore-term: only SIGKILL ends it', async () => {
    const folder = await SimFolder.with(spec);
    const { child, finished } = folder.start(argv, { COSMOS_SIM_FAULT: 'ignore-term,hang@step:1' });
    let bars = '';
    child.stderr.on('data', (text: string) => {
      bars += text;
    });
    await vi.waitFor(() => expect(bars).toContain(`\r${bar}`));
    child.kill('SIGTERM');
    const other = await SimFolder.with(spec);
    expect(await other.run(argv)).toMatchObject({ code: 0 });
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    child.kill('SIGKILL');
    await finished;
  });

  test('no-output: all is said to be well, and there is no video', async () => {
    const { code, folder } = await runWith('no-output');
    expect(code).toBe(0);
    expect(folder.outputs()).not.toContain(result);
  });

  test('short-output: a video with a frame too few', async () => {
    const { folder } = await runWith('short-output');
    expect(await shapeOf(folder.file('out', result))).toBe('320x192 24/1 4');
  });

  test('disk-full: a torn video and exit 1', async () => {
    const { code, stderr, folder } = await runWith('disk-full');
    expect([code, stderr]).toEqual([1, expect.stringContaining('[Errno 28] No space left on device')]);
    expect(statSync(folder.file('out', result)).size).toBe(4096);
  });

  test('burst:2000: so many lines, in order', async () => {
    const { stdout } = await runWith('burst:2000');
    const burst = messages(stdout).filter((text) => text.startsWith('burst '));
    expect(burst).toEqual(Array.from({ length: 2000 }, (_, index) => `burst ${index + 1}/2000`));
  });

  test('slow-log: lines arrive in halves', async () => {
    const folder = await SimFolder.with(spec);
    const { child, finished } = folder.start(argv, { COSMOS_SIM_FAULT: 'slow-log' });
    const pieces: string[] = [];
    child.stdout.on('data', (text: string) => pieces.push(text));
    expect((await finished).code).toBe(0);
    expect(pieces.filter((text) => !text.endsWith('\n')).length).toBeGreaterThan(3);
  });

  test.each([
    ['old-driver', 'driver on your system is too old'],
    ['no-gpu', 'Found no NVIDIA driver'],
    ['libcudart', 'libcudart.so.12: cannot open shared object file'],
    ['flash-attn', "No module named 'flash_attn'"],
    ['revision', 'RevisionNotFoundError: 404'],
  ])('%s: ends before the first step', async (fault, text) => {
    const { code, stderr } = await runWith(fault);
    expect([code, stderr]).toEqual([1, expect.stringContaining(text)]);
    expect(stderr).not.toContain('\r');
  });

  test('a fault that there is not is refused', async () => {
    expect(await runWith('crush')).toMatchObject({ code: 2, stderr: "cosmos-sim: there is no fault 'crush'\n" });
  });
});

describe('guardrails of transfer2.5', () => {
  const two = ['one', 'two'].map((name) => JSON.stringify({ ...TRANSFER25_SPEC, name })).join('\n');
  const argv = TRANSFER25.map((word) => (word === 'spec.json' ? 'specs.jsonl' : word));

  async function runTwo(fault: string, ...flags: string[]) {
    const folder = await SimFolder.with(TRANSFER25_SPEC);
    folder.write('specs.jsonl', two);
    return { folder, ...(await folder.run([...argv, ...flags], { COSMOS_SIM_FAULT: fault })) };
  }

  test('a blocked prompt leaves the arguments, exits 0, and the next sample is made', async () => {
    const { code, stdout, folder } = await runTwo('guardrail-prompt:one');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\|CRITICAL\|[^\]]*\] Guardrail blocked generation\. Prompt: A ruined street\n/);
    expect(folder.outputs().filter((name) => name.startsWith('one'))).toEqual(['one.json']);
    expect(folder.outputs()).toContain('two.mp4');
  });

  test('a blocked video leaves arguments and controls; the reason is in debug.log alone', async () => {
    const { code, stdout, folder } = await runTwo('guardrail-video:two');
    expect(code).toBe(0);
    expect(folder.outputs().filter((name) => name.startsWith('two'))).toEqual(['two.json', 'two_control_depth.mp4']);
    expect(folder.text('out', 'debug.log')).toMatch(/\|CRITICAL\|[^\]]*\] GUARDRAIL BLOCKED: /);
    expect(stdout).not.toContain('GUARDRAIL BLOCKED');
  });

  test('without keep-going a block is exit 1; without guardrails there is none', async () => {
    expect(await runTwo('guardrail-prompt', '--no-keep-going')).toMatchObject({ code: 1 });
    expect((await runTwo('guardrail-prompt', '--disable-guardrails')).folder.outputs()).toContain('two.mp4');
  });

  test('an empty prompt is blocked without any fault', async () => {
    const folder = await SimFolder.with({ ...TRANSFER25_SPEC, prompt: '' });
    const { code, stdout } = await folder.run(TRANSFER25);
    expect([code, messages(stdout)]).toEqual([0, expect.arrayContaining(['Guardrail blocked generation. Prompt: '])]);
  });
});

describe('gated checkpoints', () => {
  test.each([
    ['no token', { COSMOS_SIM_HF: 'gated' }, 1, 'GatedRepoError: 401'],
    ['a token', { COSMOS_SIM_HF: 'gated', HF_TOKEN: 'hf_x' }, 0, ''],
    ['a token of somebody else', { COSMOS_SIM_FAULT: 'gated', HF_TOKEN: 'hf_x' }, 1, 'GatedRepoError: 403'],
    ['no token, and it matters little', { COSMOS_SIM_HF: 'warn' }, 0, 'unauthenticated requests'],
  ])('%s', async (_, env, code, text) => {
    const folder = await SimFolder.with(TRANSFER25_SPEC);
    expect(await folder.run(TRANSFER25, env)).toMatchObject({ code, stderr: expect.stringContaining(text) });
  });

  test('what is cached is not fetched again', async () => {
    const folder = await SimFolder.with(TRANSFER25_SPEC);
    expect((await folder.run(TRANSFER25)).stdout).toContain('Downloading checkpoint');
    const again = await folder.run(TRANSFER25, { COSMOS_SIM_HF: 'gated' });
    expect([again.code, again.stdout.includes('Downloading checkpoint')]).toEqual([0, false]);
  });
});

test('cosmos3 runs no guardrail on transfer; what its other paths say to a blocked prompt can be had', async () => {
  const folder = await SimFolder.with(COSMOS3_SPEC);
  expect(await folder.run(COSMOS3, { COSMOS_SIM_FAULT: 'guardrail-prompt' })).toMatchObject({ code: 0 });
  const guarded = COSMOS3.filter((word) => word !== '--no-guardrails');
  const { code, stdout, stderr } = await folder.run(guarded, { COSMOS_SIM_FAULT: 'guardrail-prompt' });
  expect([code, stdout]).toEqual([1, expect.stringContaining('GUARDRAIL BLOCKED: ')]);
  expect(stderr).toContain("ValueError: Error generating sample 'street': Guardrail blocked prompt '");
});
