/**
 * A separate program that reads the frames of a pass and writes them to standard output, one after the other: a
 * damaged file can crash only this process and not the daemon, it has a low priority, and it can be killed at any moment.
 */
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { environmentFor } from '../../environment.js';
import { wordReader } from '../pass-aliases.js';
import { PictureError } from '../picture-error.js';
import { REFUSED, type ReadRequest, type Refusal } from './program.js';
import { readFrame } from './read-frame.js';

/** Frames that are decoded at the same time; each takes the memory of a picture and of its file. */
const MOST_THREADS = 4;

type Answer = { readonly frame: Uint32Array } | { readonly refusal: Refusal };

if (isMainThread) await main(JSON.parse(await text(process.stdin)) as ReadRequest);
else parentPort?.on('message', (file: string) => answer(file));

async function main(request: ReadRequest): Promise<void> {
  process.stdout.on('error', () => process.exit(0)); // the reader has closed the pipe
  const threads = Math.min(MOST_THREADS, availableParallelism(), request.files.length);
  // Starting a thread takes longer than decoding most frames.
  const frames = threads > 1 ? byThreads(request, threads) : inTurn(request);
  for await (const found of frames) {
    if ('refusal' in found) return refuse(found.refusal);
    await written(Buffer.from(found.frame.buffer));
  }
  process.exit(0);
}

async function* inTurn(request: ReadRequest): AsyncGenerator<Answer> {
  for (const file of request.files) yield read(file, request);
}

/** Every thread has one frame at work and at most one that waits to be written: memory stays bounded. */
async function* byThreads(request: ReadRequest, threads: number): AsyncGenerator<Answer> {
  const workers = Array.from({ length: threads }, () => {
    return new Worker(fileURLToPath(import.meta.url), {
      workerData: { ...request, files: [] },
      env: environmentFor('tool'),
    });
  });
  const ask = (index: number): Promise<Answer> | undefined => {
    const [worker, file] = [workers[index % threads], request.files[index]];
    if (worker === undefined || file === undefined) return undefined;
    return new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(file);
    });
  };
  const asked = workers.map((_, index) => ask(index));
  for (let index = 0; index < request.files.length; index++) {
    const found = await asked[index % threads];
    workers[index % threads]?.removeAllListeners('error');
    asked[index % threads] = ask(index + threads);
    if (found !== undefined) yield found;
  }
}

function answer(file: string): void {
  const found = read(file, workerData as ReadRequest);
  parentPort?.postMessage(found, 'frame' in found ? [found.frame.buffer as ArrayBuffer] : []);
}

function read(file: string, request: ReadRequest): Answer {
  try {
    return { frame: readFrame(file, { ...request, passOf: wordReader(request.aliases) }, request.root) };
  } catch (error) {
    return { refusal: { file, problem: problemOf(error) } };
  }
}

function problemOf(error: unknown): string {
  if (error instanceof PictureError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'ENOENT' ? 'was removed' : `cannot be read (${code})`;
}

function refuse(refusal: Refusal): void {
  process.stderr.write(JSON.stringify(refusal), () => process.exit(REFUSED));
}

function written(bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(bytes, () => resolve());
  });
}
