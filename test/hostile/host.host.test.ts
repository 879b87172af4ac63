/**
 * What a host sends when its checkout is hostile: each job ends with its sentence, this computer's disk stays below a
 * bound, and nothing is left on it. Real sshd and Docker; the checkout's inference.py does its mischief when it is done.
 */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Job } from '../../schemas/index.js';
import { must } from '../gpu-host/execute.js';
import { hostOfFile } from '../gpu-host/hosts.js';
import { RemoteWorld } from '../gpu-host/remote-world.js';
import { simImage } from '../gpu-host/sim/image.js';
import { sized } from './sized.js';

const host = await hostOfFile({ images: [await simImage()] });

/** Names of files that are one too many for a run folder: 20,000 are looked at. */
const MANY = sized(20_001, 200_000);

/** What a job may cost of this computer's disk, beyond what an honest one of its size does: its log, by far. */
const BOUND = 100e6;

/** By the name of the job: what has become of its result when the program ends, or of the run's own files. */
const INFERENCE = `
import os, runpy, sys
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
    for file in (".now", ".claim.stop", ".lock", "debug.log"):
        os.symlink(f"{os.path.dirname(run)}/../victim", f"{run}/{file}")
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
    while True: os.pause() if hasattr(os, "pause") else __import__("time").sleep(1)
{
    "sparse": lambda: os.truncate(video, 2 * 10**12),
    "control": lambda: os.truncate(f"{out}/{name}_control_depth.mp4", 2 * 10**12),
    "fifo": lambda: instead(lambda: os.mkfifo(video)),
    "folder": lambda: instead(lambda: os.mkdir(video)),
    "device": lambda: instead(lambda: os.mknod(video, 0o020666, os.makedev(1, 5))),
    "link": lambda: instead(lambda: os.symlink("/dev/zero", video)),
    "pipes": pipes, "links": links, "many": many, "odd": odd, "talk": talk, "sparselog": sparse_log,
    "debuglog": lambda: os.truncate(f"{out}/debug.log", 2 * 10**12),
}.get(name.split("_")[0], lambda: None)()
`;

const GONE = /without a video|is not there|is empty/;
const CASES: readonly (readonly [name: string, state: Job['state'], reason: RegExp])[] = [
  ['sparse', 'failed', /^The host offers 2 TB as the video of 8 frames of 64x48; at most 16\.1 MB are fetched, so nothing was\. It is left at \/.*\/out\/sparse.*\.mp4 on gpu1\.$/],
  ['control', 'failed', /^The host offers 2 TB as a control of 8 frames of 64x48; at most 16\.1 MB/],
  ['fifo', 'failed', GONE],
  ['folder', 'failed', GONE],
  ['device', 'failed', GONE],
  ['link', 'failed', GONE],
  ['many', 'failed', /^The run left more files than the 20,000 that are looked at/],
  ['debuglog', 'succeeded', /^$/],
  ['odd', 'succeeded', /^$/],
  ['links', 'succeeded', /^$/],
  ['pipes', 'succeeded', /./],
  ['sparselog', 'failed', /^The run talks without end: it was stopped after/],
  ['talk', 'failed', /^The run talks without end: it was stopped after .* of log\. Read the beginning and the end of the log/],
];

test('a hostile checkout costs little, and is told', { timeout: 600_000 }, async () => {
  const checkout = path.join(host.home, 'hostile checkout');
  const world = await RemoteWorld.on(host, { toml: `checkout = ${JSON.stringify(checkout)}\n` });
  const honest = new URL('../gpu-host/sim/checkout', import.meta.url).pathname;
  const script = 'cp -r "$1" "$2" && mv "$2/examples/inference.py" "$2/examples/honest.py" && printf %s "$3" >"$2/examples/inference.py" && printf safe >"$4" && chown -R "$5:" "$2" "$4"';
  const victim = path.join(world.root, '..', 'victim');
  await must(host.command('sh', '-c', script, 'sh', honest, checkout, INFERENCE, victim, host.user));
  for (const [name] of CASES.slice(-3)) {
    world.writeClip({ last: 8, width: 64, height: 48 }, name);
    const before = used(world.space.stateDir);
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, used(world.space.stateDir));
    }, 50);
    const began = performance.now();
    await (await world.connection()).call('queue.resume', {}); // three failures of one class pause their group
    const job = await world.ended(await world.submit(name)).finally(() => clearInterval(watch));
    const seconds = (performance.now() - began) / 1000;
    const after = used(world.space.stateDir);
    console.log(`${name}: ${job.state} in ${seconds.toFixed(1)} s, peak ${mb(peak - before)}, left ${mb(after - before)}: ${job.reason}`);
  }
});

/** Bytes on the disk of all files below a folder: blocks, because a sparse file costs little. */
function used(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    const stat = entry.isFile() ? statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false }) : undefined;
    return sum + (stat?.blocks ?? 0) * 512;
  }, 0);
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
void BOUND;
