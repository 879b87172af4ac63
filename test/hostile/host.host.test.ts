/**
 * What a host sends when its checkout is hostile: each job ends with its sentence, this computer's disk stays below a
 * bound, and nothing is left on it. Real sshd and Docker; the checkout's inference.py does its mischief when it is done.
 */
import { cpSync, type Dirent, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Job } from '../../schemas/index.js';
import { must } from '../gpu-host/execute.js';
import { H100 } from '../gpu-host/gpus.js';
import { hostOfFile } from '../gpu-host/hosts.js';
import { RemoteWorld } from '../gpu-host/remote-world.js';
import { simImage } from '../gpu-host/sim/image.js';
import { sized } from './sized.js';

const host = await hostOfFile({ images: [await simImage()] });
host.gpus.set([H100, H100, H100, H100]);

/** Names of files that are too many for a run folder: 20,000 are looked at. */
const MANY = sized(20_001, 200_000);

/** What a run that talks may cost of this computer's disk at any moment: beginning, end, and its oldest parts of 4 MB. */
const TALKING = 48e6;
/** An honest one: two movies of 8 small frames, their frozen copies, pictures, a log; and its share of the database. */
const HONEST = 3e6;

/** By the name of the job: what has become of its result when the program ends, or of the run's own files. */
const INFERENCE = `
import os, runpy, sys, time
try:
    runpy.run_path("/workspace/examples/honest.py", run_name="__main__")
except SystemExit:
    pass
spec = sys.argv[sys.argv.index("-i") + 1]
out = sys.argv[sys.argv.index("-o") + 1]
name = os.path.splitext(os.path.basename(spec))[0]
video = f"{out}/{name}.mp4"
run = os.path.dirname(out)
def instead(make):
    os.remove(video)
    make()
def talk():
    while True:
        os.write(1, b"x" * 65535 + b"\\n")
def pipes():
    for file in ("lease", "command", "run.json", "claim", ".now", ".claim.stop", "exit"):
        if os.path.lexists(f"{run}/{file}"): os.remove(f"{run}/{file}")
        os.mkfifo(f"{run}/{file}")
def links():
    for file in (".now", ".claim.stop", ".lock", ".exit.1", "debug.log"):
        os.symlink("${host.home}/victim", f"{run}/{file}")
def many():
    os.mkdir(f"{out}/many")
    for i in range(${MANY}): open(f"{out}/many/\\x1b[2J{i}", "w").close()
def odd():
    for file in (b"\\xff\\xfe.mp4", b"a\\nb.mp4", b"-rf.mp4", b"\\x1b]0;X\\x07.mp4", b"y" * 250):
        open(os.path.join(out.encode(), file), "w").close()
    deep = out
    for i in range(40):
        deep += "/" + "d" * 60
        os.mkdir(deep)
def sparse_log():
    os.truncate(f"{run}/log", 10**12)
    time.sleep(600)
{
    "sparse": lambda: os.truncate(video, 2 * 10**12),
    "control": lambda: os.truncate(f"{out}/{name}_control_depth.mp4", 2 * 10**12),
    "fifo": lambda: instead(lambda: os.mkfifo(video)),
    "folder": lambda: instead(lambda: os.mkdir(video)),
    "device": lambda: instead(lambda: os.mknod(video, 0o020666, os.makedev(1, 5))),
    "link": lambda: instead(lambda: os.symlink("/dev/zero", video)),
    "pipes": pipes, "links": links, "many": many, "odd": odd, "talk": talk, "sparselog": sparse_log, "cancel": talk,
    "debuglog": lambda: os.truncate(f"{out}/debug.log", 2 * 10**12),
}.get(name.split("_")[0], lambda: None)()
`;

interface Case {
  readonly name: string;
  readonly state: Job['state'];
  readonly reason: RegExp;
}

const of = (name: string, state: Job['state'], reason: RegExp): Case => ({ name, state, reason });
const GONE = /^The log says that the video was saved as .*, and it is not there\./;
const TALKS =
  /^The run talks without end: it was stopped after .* of log\. Read the beginning and the end of the log, which are kept/;

const FEW = [
  of(
    'sparse',
    'failed',
    /^The host offers 2 TB as the video of 8 frames of 64x48; at most 16\.1 MB are fetched, so nothing was\. It is left at \/.*\/out\/sparse\.mp4 on gpu1\.$/,
  ),
  of('fifo', 'failed', GONE),
  of(
    'many',
    'failed',
    /^The run left more files than the 20,000 that are looked at, .* They are left in \/.* on gpu1\.$/,
  ),
  of('pipes', 'succeeded', /^$/),
];
const MORE = [
  of('control', 'failed', /^The host offers 2 TB as a control of 8 frames of 64x48; at most 16\.1 MB are fetched/),
  of('folder', 'failed', GONE),
  of('device', 'failed', GONE),
  of('link', 'failed', GONE),
  of('debuglog', 'succeeded', /^$/),
  of('odd', 'succeeded', /^$/),
  of('links', 'succeeded', /^$/),
  of('sparselog', 'failed', TALKS),
  of('talk', 'failed', TALKS),
];

test('a hostile checkout costs little, leaves nothing here, and is told', async () => {
  const world = await hostileWorld();
  const { stateDir } = world.space;
  const cases = [...FEW, ...(sized(0, 1) === 1 ? MORE : [])];
  const client = await world.connection();
  const before = used(stateDir);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, used(stateDir));
    client.call('queue.resume', {}).catch(() => {}); // three failures of one class pause their group; the test may be over
  }, 250);
  onTestFinished(() => clearInterval(watch));

  const submit = (name: string) => {
    world.writeClip({ last: 8 }, name);
    return world.submit(name);
  };
  const cancelled = await submit('cancel');
  const ids: string[] = [];
  for (const { name } of cases) ids.push(await submit(name));
  const { run } = await world.awaitJob(cancelled, (job) => job.run !== null && logBytes(stateDir, job.run) > 20e6);
  const began = performance.now();
  await client.call('job.cancel', { ids: [cancelled] });
  expect(await world.ended(cancelled)).toMatchObject({ state: 'cancelled' });
  console.log(`cancel of a run that talks: ${((performance.now() - began) / 1000).toFixed(1)} s`);

  for (const [index, { name, state, reason }] of cases.entries()) {
    const job = await world.awaitJob(ids[index] ?? '', (one) => one.endedAt !== null);
    console.log(`${name}: ${job.state}. ${job.reason}`);
    expect(job, name).toMatchObject({ state, reason: expect.stringMatching(reason), attempt: 1 });
  }
  clearInterval(watch);
  const talking = 1 + cases.filter(({ reason }) => reason === TALKS).length;
  const most = TALKING * talking + HONEST * (cases.length + 1);
  console.log(`disk: ${mb(peak - before)} at the most, ${mb(used(stateDir) - before)} in the end; bound ${mb(most)}`);
  expect(peak - before).toBeLessThan(most);
  expect(filesOf(path.join(stateDir, 'runs')).filter((file) => file.endsWith('.part'))).toEqual([]);
  const kept = ids.filter((_id, index) => cases[index]?.state === 'succeeded');
  const results = filesOf(path.join(stateDir, 'runs')).filter((file) => file.includes('/results/'));
  expect(results.filter((file) => !kept.some((id) => file.includes(`/${id}/`)))).toEqual([]);
  expect((await host.sh('cat "$1"', `${host.home}/victim`)).stdout).toBe('safe');
  expect(run).not.toBeNull();
});

async function hostileWorld(): Promise<RemoteWorld> {
  const checkout = path.join(host.home, 'hostile checkout');
  const world = await RemoteWorld.on(host, { toml: `checkout = ${JSON.stringify(checkout)}\n` });
  const toml = readFileSync(world.space.config, 'utf8');
  writeFileSync(world.space.config, toml.replace('ownership =', 'gpus = 4\nownership ='));
  const honest = fileURLToPath(new URL('../gpu-host/sim/checkout', import.meta.url));
  const examples = path.join(checkout, 'examples');
  const victim = path.join(host.home, 'victim');
  // By this machine: a repository below /tmp is not to be seen on the host, which has a /tmp of its own.
  cpSync(honest, checkout, { recursive: true });
  renameSync(path.join(examples, 'inference.py'), path.join(examples, 'honest.py'));
  writeFileSync(path.join(examples, 'inference.py'), INFERENCE);
  writeFileSync(victim, 'safe');
  await must(host.command('chown', '-R', `${host.user}:`, checkout, victim));
  return world;
}

function logBytes(stateDir: string, run: string): number {
  return filesOf(path.join(stateDir, 'runs', run))
    .filter((file) => /\/log(?:-parts\/\d+)?$/.test(file))
    .reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Absolute paths of all files below a folder, in which files come and go. */
function filesOf(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesOf(file) : entry.isFile() ? [file] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // gone meanwhile
  }
}

/** Bytes on the disk of all files below a folder: blocks, because a sparse file costs little. */
function used(folder: string): number {
  return filesOf(folder).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.blocks ?? 0) * 512, 0);
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
