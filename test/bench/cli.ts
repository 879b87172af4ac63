/**
 * What the command takes from its start to its end, beside `node -e 0` in the same moments: both take turns, medians.
 * The daemon of `cosmos queue` is a real one with nothing to do, on a state folder of its own. With a bundle of this very
 * build, as `npm run bench` makes it; `files` is the same without it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 25;
/** Times `node -e 0` that `cosmos queue` may take. */
const ANCHOR = 3;

const cosmos = fileURLToPath(new URL('../../daemon/cli/start.cjs', import.meta.url));
const files = fileURLToPath(new URL('../../daemon/cli/main.js', import.meta.url));

export async function bench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  const spec = path.join(folder, 'shot.json');
  const video = path.join(folder, 'shot.mp4');
  writeFileSync(video, '');
  writeFileSync(spec, '{"name": "shot", "prompt": "rain", "video_path": "shot.mp4", "edge": {}}');
  const daemon = (verb: string) => run(folder, [cosmos, 'daemon', verb]);
  try {
    const start = daemon('start');
    measure(folder, {
      'node -e 0': ['-e', '0'],
      'cosmos queue': [cosmos, 'queue'],
      'cosmos queue, files': [files, 'queue'],
      'cosmos clip ls': [cosmos, 'clip', 'ls'],
      'cosmos logs ID, unknown': [cosmos, 'logs', 'job-none'],
      'cosmos --help': [cosmos, '--help'],
      'cosmos completion bash': [cosmos, 'completion', 'bash'],
      'cosmos spec check FILE': [cosmos, 'spec', 'check', '--no-media', spec],
    });
    console.log(`cosmos daemon start, once: ${start.toFixed(0)} ms`);
  } finally {
    daemon('stop');
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder: string, commands: Readonly<Record<string, readonly string[]>>): void {
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, argv] of Object.entries(commands)) times.get(name)?.push(run(folder, argv));
  }
  const floor = median(times.get('node -e 0') ?? []);
  for (const [name, all] of times) {
    const took = median(all);
    const anchor = name === 'cosmos queue' ? ` (anchor <= ${ANCHOR})` : '';
    console.log(`${name}: ${took.toFixed(0)} ms, ratio ${(took / floor).toFixed(2)}${anchor}`);
  }
}

/** Milliseconds. */
function run(folder: string, argv: readonly string[]): number {
  const env = { PATH: process.env.PATH, HOME: folder, COSMOS_STATE_DIR: path.join(folder, 'state') };
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...argv], { cwd: folder, env, encoding: 'utf8' });
  const took = performance.now() - from;
  if (status !== 0 && !argv.includes('logs')) throw new Error(`${argv.join(' ')} ended with ${status}: ${stderr}`);
  return took;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
