/** Files of a stranger in a watched folder: links, pipes, sockets, devices, folders, giants. A whole daemon meets them. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { DaemonClient } from '../../client/daemon-client.js';
import type { Clip } from '../../schemas/received.js';
import { DaemonProcess, type Workspace, workspace } from '../support/daemon.js';
import { writeSequences } from '../support/passes.js';
import { sized } from './sized.js';

const SECRET = 'SECRET-4711-of-somebody';
const TOML = `[[watch]]
path = EXPORTS
auto_send = true
settle = 0.2
`;
/** Milliseconds in which whoever asks has an answer, whatever lies in the folders. */
const PROMPT_MS = 5000;

const fifo = (file: string) => execFileSync('mkfifo', [file]);
const folder = (file: string) => mkdirSync(file);
const device = (file: string) => execFileSync('mknod', [file, 'c', '1', '5']); // /dev/zero
const sparse = (file: string) => {
  writeFileSync(file, '');
  truncateSync(file, 1.1e9);
};
const link = (target: string) => (file: string) => symlinkSync(target, file);

interface Attack {
  readonly name: string;
  /** File of the clip that is not what it should be. */
  readonly file: string;
  readonly plant: (file: string) => void;
  /** What the clip says. */
  readonly says: RegExp;
}

const OUT = /link that leads out of the watched folder/;
const PIPE = /is a pipe, and no file|is not a regular file/;

function attacks(secret: string): Attack[] {
  const kinds: readonly (readonly [string, (file: string) => void, RegExp])[] = [
    ['link', link(secret), OUT],
    ['fifo', fifo, PIPE],
    ['dangling', link('nowhere'), /link to a file that is not there/],
    ['relative', link('../../secret.txt'), OUT],
    ['environ', link('/proc/self/environ'), OUT],
    ['stdin', link('/dev/stdin'), /link that leads out|cannot be read|not there/],
    ['zero', link('/dev/zero'), OUT],
    ['loop', (file) => symlinkSync(path.basename(file), file), /leads in circles/],
    ['device', device, /is a device, and no file|is not a regular file/],
    ['folder', folder, /is a folder/],
  ];
  const files = ['prompt.txt', 'cosmos-clip.json', 'NAME.cosmos.json', 'color.0002.png'];
  return files.flatMap((file) =>
    kinds.slice(0, file === 'prompt.txt' ? kinds.length : sized(2, kinds.length)).map(([kind, plant, says]) => {
      const name = `${file.replace(/\W/g, '-')}-${kind}`;
      return { name, file: file.replace('NAME', name), plant, says };
    }),
  );
}

/** A clip that would be sent by itself, with one file of an attacker in it. */
function plant(space: Workspace, { name, file, plant: put }: Attack): void {
  const at = path.join(space.exports, name);
  cpSync(path.join(space.folder, 'good'), at, { recursive: true });
  if (existsSync(path.join(at, file))) renameSync(path.join(at, file), path.join(space.folder, `old-${name}`));
  put(path.join(at, file));
}

function scene(): { space: Workspace; secret: string } {
  const space = workspace(TOML);
  const secret = path.join(space.folder, 'secret.txt');
  writeFileSync(secret, SECRET);
  writeSequences(path.join(space.folder, 'good'), { passes: ['color'], last: 2 });
  return { space, secret };
}

async function within<T>(work: Promise<T>): Promise<T> {
  const from = performance.now();
  const answer = await work;
  expect(performance.now() - from).toBeLessThan(PROMPT_MS);
  return answer;
}

async function clipOf(client: DaemonClient, name: string, isDone: (clip: Clip) => boolean): Promise<Clip> {
  return vi.waitFor(
    async () => {
      const { clips } = await client.call('clip.list', {});
      const clip = clips.find(({ path: at }) => path.basename(at) === name);
      if (clip === undefined || !isDone(clip)) throw new Error(`${name}: ${clip?.state} ${clip?.reason}`);
      return clip;
    },
    { interval: 100 },
  );
}

/** Every file below a folder that holds the secret. */
function leaks(below: string): string[] {
  const files = readdirSync(below, { recursive: true, encoding: 'utf8' }).map((name) => path.join(below, name));
  return files.filter((file) => {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size < 1e8 && readFileSync(file).includes(SECRET);
  });
}

/** Renames a file of a folder as fast as it can; gives what ends that, with the file as it was. */
async function storm(folder: string): Promise<() => Promise<void>> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const code = `const { renameSync } = require('node:fs');
    const { workerData: [a, b, flag], parentPort } = require('node:worker_threads');
    parentPort.postMessage('up');
    while (Atomics.load(flag, 0) === 0) { renameSync(a, b); renameSync(b, a); }`;
  const [from, to] = [path.join(folder, 'note.txt'), path.join(folder, 'color.0012.png')];
  const worker = new Worker(code, { eval: true, workerData: [from, to, flag] });
  onTestFinished(async () => void (await worker.terminate()));
  await once(worker, 'message');
  return async () => {
    Atomics.store(flag, 0, 1);
    await once(worker, 'exit');
  };
}

test('what is no file of the clip is told and never read; others get ready; the daemon answers, ends and starts', async () => {
  const { space, secret } = scene();
  const all = attacks(secret);
  for (const attack of all) plant(space, attack);
  const pipes = all.filter(({ says, file }) => says === PIPE && !file.endsWith('.cosmos.json'));
  const more = Array.from(
    { length: sized(4, 400) },
    (_, index) => ({ ...pipes[index % pipes.length], name: `many-${index}` }) as Attack,
  );
  for (const attack of more) plant(space, attack);
  const huge = { name: 'huge', file: 'prompt.txt', plant: sparse, says: /1\.1 GB; a prompt has at most 1 MiB/ };
  plant(space, huge);
  const socket = createServer().listen(path.join(space.exports, 'huge', 'socket'));
  onTestFinished(() => void socket.close());
  const withdrawn = {
    name: 'withdrawn',
    file: '.cosmos-clip.json.withdrawn',
    plant: fifo,
    says: /a render changes it/,
  };
  plant(space, withdrawn);
  const unnamed = Buffer.concat([Buffer.from(`${space.exports}/caf`), Buffer.of(0xe9)]); // Latin-1
  if (process.platform === 'linux') mkdirSync(unnamed);
  const daemon = DaemonProcess.start(space);
  const client = await daemon.connect();
  plant(space, { name: 'street', file: 'note.txt', plant: (file) => writeFileSync(file, 'dusk'), says: /^$/ });
  const street = await clipOf(client, 'street', ({ state }) => state === 'ready');
  expect(street.passes).toEqual(['color']);
  const told: string[] = [];
  for (const { name, says } of [...all, ...more, huge, withdrawn]) {
    const clip = await clipOf(client, name, ({ state, reason }) => says.test(reason) || state === 'ready');
    if (!says.test(clip.reason) || clip.reason.includes(SECRET)) told.push(`${name}: ${clip.state} ${clip.reason}`);
  }
  expect(told).toEqual([]);
  const stop = await storm(path.join(space.exports, 'street'));
  for (let turn = 0; turn < sized(3, 50); turn++) {
    await within(client.call('clip.register', { path: path.join(space.exports, 'street') }));
    await within(client.call('job.plan', { targets: ['good'] }).catch(() => null));
  }
  await stop();
  await clipOf(client, 'street', ({ state }) => state === 'ready');
  if (process.platform === 'linux') expect(readdirSync(`/proc/${daemon.pid}/task`).length).toBeGreaterThan(64);
  await within(client.call('daemon.status', {}));
  const { plans } = await within(client.call('job.plan', { targets: ['street'] }));
  expect(plans).toHaveLength(1);
  const isUnnamed = ({ reason }: Clip) => /^a name is no UTF-8, so nothing can open it: rename caf/.test(reason);
  if (process.platform === 'linux') await clipOf(client, 'caf\ufffd', isUnnamed);
  const { jobs } = await client.call('job.list', {});
  expect(jobs.map(({ name }) => name)).toEqual(['street']);
  await vi.waitFor(async () => expect((await client.call('job.list', {})).jobs[0]?.state).toBe('succeeded'));
  await within(daemon.stop());
  expect(leaks(space.folder).filter((file) => file !== secret)).toEqual([]);
  const again = DaemonProcess.start(space);
  await within((await again.connect()).call('clip.list', {}));
  await within(again.stop());
});
