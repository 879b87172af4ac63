/** What can happen to a container and around it, on a real engine behind a real sshd. */
import { nanoid } from 'nanoid';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ContainerPlan } from '../../../../daemon/host/host.js';
import type { SshHost } from '../../../../daemon/host/ssh/ssh-host.js';
import { H100 } from '../../../gpu-host/gpus.js';
import { hostOfFile } from '../../../gpu-host/hosts.js';
import { tinyImage } from '../../../gpu-host/tiny-image.js';
import { containerHost, PLAN, remoteOfFile } from '../../../support/containers.js';
import { seededRandom } from '../../../support/random.js';
import { collectBytes, FOREVER, nodeCommand } from '../../../support/run-command.js';

const machine = await hostOfFile({ images: [await tinyImage()], shell: 'tcsh' });
const remote = await remoteOfFile(machine);
const never = new AbortController().signal;

let host: SshHost;
let root: string;
beforeEach(() => {
  root = `${machine.root}/${nanoid()}`;
  host = containerHost(remote, root);
});

const containers = async () => (await machine.docker('container', 'ls', '--all', '--quiet')).stdout;
const log = async (run: string) => (await collectBytes(host.follow(run, 0, never))).toString();
const logged = (run: string) =>
  vi.waitFor(async () => expect(await host.inspect(run)).toMatchObject({ logBytes: expect.any(Number) }));
const start = (run: string, script: string, plan: Partial<ContainerPlan> = {}) =>
  host.start(run, { ...nodeCommand(script), container: { ...PLAN, ...plan } });

describe('a start that fails leaves nothing, and a later one works', () => {
  test.each([
    ['no image', { image: 'nowhere:1' }, 'image_missing', /nowhere:1/],
    [
      'a folder that is not there',
      { mounts: [{ source: '/nowhere', target: '/x', readonly: true }] },
      'container_failed',
      /folder/,
    ],
    ['secrets that are not there', { envFile: '/nowhere' }, 'secrets_exposed', /\/nowhere/],
  ])('%s', async (_name, plan, code, words) => {
    await expect(start('r1', '', plan)).rejects.toMatchObject({ code, message: expect.stringMatching(words) });
    expect(await containers()).toBe('');
    expect(await host.inspect('r1')).toEqual({ state: 'absent' });
    await start('r1', 'console.log(1)');
    expect(await log('r1')).toBe('1\n');
  });

  test("somebody else's container of that name is left alone", async () => {
    await machine.docker('run', '--detach', '--name', 'cosmos-r1', PLAN.image, 'sleep', '1000');
    await expect(start('r1', '')).rejects.toMatchObject({ code: 'container_conflict' });
    expect(await host.inspect('r1')).toEqual({ state: 'absent' });
    await machine.sh('echo cosmos-r1 >"$1"', `${host.runFolder('r1')}/container`); // as after a start that failed
    expect(await host.inspect('r1')).toEqual({ state: 'absent' });
    await host.stop('r1');
    await expect(host.remove('r1')).resolves.toBeUndefined();
    expect((await machine.docker('inspect', '--format', '{{.State.Running}}', 'cosmos-r1')).stdout).toBe('true\n');
  });
});

test('two daemons that start the same run at once start it once', async () => {
  const others = [containerHost(remote, root), containerHost(remote, root), containerHost(remote, root)];
  const command = nodeCommand(`require('node:fs').appendFileSync('starts', 'x'); ${FOREVER}`);
  await Promise.all([host, ...others].map((one) => one.start('r1', command)));
  await logged('r1');
  await vi.waitFor(async () => expect(await host.files('r1', 99)).toContainEqual({ path: 'starts', bytes: 1 }));
  expect((await containers()).trim().split('\n')).toHaveLength(1);
  await host.stop('r1');
  await host.start('r1', command);
  expect(await host.files('r1', 99)).toContainEqual({ path: 'starts', bytes: 1 });
});

test('a container killed from outside: the run ended with 137, and its folder can be removed', async () => {
  await start('r1', `require('node:fs').mkdirSync('out/deep', { recursive: true }); console.log('hi'); ${FOREVER}`);
  await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ logBytes: 3 }));
  const following = log('r1');
  await machine.killContainer('cosmos-r1');
  expect(await following).toBe('hi\n');
  expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 137 });
  await host.remove('r1');
  expect(await containers()).toBe('');
  expect((await machine.sh('ls "$1"', `${root}/runs`)).stdout).toBe('');
});

test('a run whose container has no memory left: the kernel ends it, and the host says why', async () => {
  const fill = "const all = []; for (;;) { if (fs.existsSync('go')) all.push(Buffer.alloc(2 ** 24, 1)); else wait(); }";
  const wait = 'const wait = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);';
  await start('r1', `const fs = require('node:fs'); ${wait} console.log('hi'); ${fill}`);
  await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ logBytes: 3 }));
  await machine.docker('update', '--memory', '128m', '--memory-swap', '128m', 'cosmos-r1');
  await machine.sh('touch "$1"', `${host.runFolder('r1')}/go`);
  await log('r1');
  expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 137, outOfMemory: true });
});

test('a container removed by somebody: the run is lost', async () => {
  await start('r1', FOREVER);
  await machine.sh('until [ -e "$1" ]; do sleep 0.1; done', `${host.runFolder('r1')}/claim`);
  await machine.docker('rm', '--force', 'cosmos-r1');
  expect(await host.inspect('r1')).toMatchObject({ state: 'lost' });
  await host.stop('r1');
});

test('what an ended run wrote as root belongs to the user', async () => {
  await start(
    'r1',
    `const fs = require('node:fs'); fs.mkdirSync('out'); fs.writeFileSync('out/x', process.getuid() + '')`,
  );
  expect(await log('r1')).toBe('');
  const { stdout } = await machine.sh('stat -c %U "$1" "$1"/* "$1"/out/x; cat "$1/out/x"', host.runFolder('r1'));
  expect(stdout).toMatch(new RegExp(`^(${machine.user}\n)+0$`));
});

describe('images', () => {
  /** The tiny image with changes, as `docker commit --change` takes them. */
  async function imageWith(...changes: string[]): Promise<string> {
    const made = await machine.docker('create', PLAN.image);
    const options = changes.flatMap((change) => ['--change', change]);
    const { exitCode, stderr } = await machine.docker('commit', ...options, made.stdout.trim(), 'odd:1');
    expect(exitCode, stderr).toBe(0);
    return 'odd:1';
  }

  test('one whose entry point fails: its words are in the log, its code is the exit code', async () => {
    const image = await imageWith('ENTRYPOINT ["sh", "-c", "echo the environment is broken >&2; exit 3"]');
    await start('r1', 'console.log(1)', { image });
    await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 3 }));
    expect(await log('r1')).toBe('the environment is broken\n');
    await host.start('r1', nodeCommand(''));
    expect(await host.inspect('r1')).toMatchObject({ exitCode: 3 });
  });

  test('an entry point that executes its arguments is kept', async () => {
    const image = await imageWith('ENTRYPOINT ["sh", "-c", "export FROM_IMAGE=yes; exec \\"$@\\"", "entry"]');
    await start('r1', 'console.log(process.env.FROM_IMAGE)', { image });
    expect(await log('r1')).toBe('yes\n');
  });

  test('one with a user of its own runs as the user of the host, so that it can write into the run folder', async () => {
    const image = await imageWith('USER 1234');
    await start('r1', 'console.log(process.getuid())', { image });
    expect(await log('r1')).toBe('62001\n');
    expect(await host.inspect('r1')).toMatchObject({ state: 'exited', exitCode: 0 });
  });
});

describe('GPUs', () => {
  test('a run gets its own; a stop waits until their memory is free', async () => {
    machine.gpus.set([H100, H100, H100]);
    await start('r1', `console.log(process.env.NVIDIA_VISIBLE_DEVICES); ${FOREVER}`, { gpus: [0, 2] });
    await vi.waitFor(async () => expect(await host.inspect('r1')).toMatchObject({ logBytes: 4 }));
    expect((await host.idleGpus()).map(({ index }) => index)).toEqual([1]);
    await host.stop('r1');
    expect((await host.idleGpus()).map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(await log('r1')).toBe('0,2\n');
  });

  test('memory that stays in use is told', async () => {
    const impatient = containerHost(remote, root, { freeMs: 500 });
    await impatient.start('r1', { ...nodeCommand(FOREVER), container: { ...PLAN, gpus: [0] } });
    machine.gpus.change(0, { memoryUsedMiB: 30_000 });
    await expect(impatient.stop('r1')).rejects.toMatchObject({ code: 'gpu_memory_held' });
    machine.gpus.change(0, { memoryUsedMiB: 0 });
    await impatient.stop('r1');
  });

  test('what others hold or use is not offered', async () => {
    machine.gpus.setProcesses([{ gpu: 0, pid: 4711, name: 'python', memoryMiB: 500 }]);
    expect(await host.acquire([1], 'r1')).toEqual({ kind: 'held' });
    expect((await host.idleGpus()).map(({ index }) => index)).not.toContain(0);
    expect((await host.idleGpus()).map(({ index }) => index)).not.toContain(1);
    await host.release('r1');
    machine.gpus.setProcesses([]);
  });
});

test('hostile arguments, variables and names arrive byte for byte', async () => {
  const alphabet = [
    '$(reboot)',
    '`id`',
    '"',
    "'",
    '\\',
    '\n',
    '\t',
    '-',
    '--',
    '*',
    ' ',
    'ü',
    '😀',
    '$HOME',
    '%s',
    ';',
    '!',
    ',',
    '=',
    '../',
    '#',
  ];
  const random = seededRandom(4);
  const word = () => Array.from({ length: 6 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const words = Array.from({ length: 100 }, word);
  const folder = `${root}/it's, "my" $(folder)`;
  const hostile = containerHost(remote, folder);
  const script = 'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env.A, process.cwd()]))';
  await hostile.start('r1', { argv: [process.execPath, '-e', script, '--', ...words], env: { A: words.join('') } });
  const printed = JSON.parse((await collectBytes(hostile.follow('r1', 0, never))).toString());
  expect(printed).toEqual([words, words.join(''), hostile.runFolder('r1')]);
});
