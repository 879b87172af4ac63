/**
 * 93 frames of 2048x1080 with five passes in one multi-part EXR sequence, ZIP, read as the daemon reads them, pass by
 * pass to raw frames; beside ffmpeg on colours of the same size in single-part files of RGBA halves, the best case of
 * both. All in the same run, one after the other.
 */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeFrames } from '../../daemon/media/frames.js';
import type { MediaTools } from '../../daemon/media/tools.js';
import { findMediaTools } from '../../daemon/media/tools.js';
import type { PassName } from '../../schemas/index.js';
import { type ExrWish, makeExr, type PartWish } from '../daemon/picture/make-exr.js';
import { pictureReader } from '../support/pictures.js';

const FRAMES = 93;
/** Frames that differ; the others are the same files again, for they cost as much to read. */
const DISTINCT = 8;
const [WIDTH, HEIGHT] = [2048, 1080];
const FRAME = { compression: 'zip', display: [0, 0, WIDTH - 1, HEIGHT - 1] } as const;
const RGBA: PartWish['channels'] = { R: 'half', G: 'half', B: 'half', A: 'half' };
const PASSES: Readonly<Record<PassName, PartWish['channels']>> = {
  color: RGBA,
  depth: { Z: { type: 'float', picture: 'depth' } },
  seg: { id: { type: 'uint', picture: 'ids' } },
  edge: { Y: 'half' },
  vis: { R: 'half', G: 'half', B: 'half' },
};

export async function benchExr(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-bench-'));
  try {
    const parts = Object.entries(PASSES).map(([name, channels]) => ({ ...FRAME, name, channels }));
    const [ours, theirs] = [path.join(folder, 'ours'), path.join(folder, 'theirs')];
    await makeExr([...wishes(ours, parts), ...wishes(theirs, [{ ...FRAME, channels: RGBA }])]);
    const files = repeat(ours);
    repeat(theirs);
    await report(await findMediaTools(), files, path.join(theirs, 'frame.%04d.exr'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function report(tools: MediaTools, files: readonly string[], pattern: string): Promise<void> {
  const pictures = pictureReader(tools);
  const passes = Object.keys(PASSES) as PassName[];
  // ffmpeg has its turn before every pass, because other work on the machine comes and goes.
  const turns: { pass: PassName; theirs: number; ours: number }[] = [];
  for (const pass of passes) {
    const shape = { width: WIDTH, height: HEIGHT, format: 'gbrpf32le' } as const;
    const theirs = await seconds(decodeFrames(tools, ['-i', pattern], shape));
    const source = await pictures.open({ files, pass, layer: undefined, integers: 'rgb24' });
    turns.push({ pass, theirs, ours: await seconds(source.read({})) });
  }
  for (const { pass, theirs, ours } of turns) {
    const ratio = (ours / theirs).toFixed(2);
    console.log(`${pass.padEnd(5)} of five parts in one file: ${say(ours)}; ffmpeg: ${say(theirs)}; ratio ${ratio}`);
  }
  const [ours, theirs] = [total(turns.map((turn) => turn.ours)), total(turns.map((turn) => turn.theirs))];
  const ratio = (ours / theirs).toFixed(2);
  console.log(`all five: ${ours.toFixed(1)} s; ffmpeg, five times: ${theirs.toFixed(1)} s; ratio ${ratio}`);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

async function seconds(frames: AsyncIterable<unknown>): Promise<number> {
  const begun = performance.now();
  let count = 0;
  for await (const _ of frames) count += 1;
  if (count !== FRAMES) throw new Error(`${count} frames came instead of ${FRAMES}`);
  return (performance.now() - begun) / 1000;
}

function say(taken: number): string {
  return `${taken.toFixed(1)} s, ${(FRAMES / taken).toFixed(1)} frames/s`;
}

function wishes(folder: string, parts: readonly PartWish[]): ExrWish[] {
  return Array.from({ length: DISTINCT }, (_, frame) => ({
    file: frameFile(folder, frame),
    frame: 20 * frame,
    parts,
    writer: 'library' as const,
  }));
}

/** All frames in order. */
function repeat(folder: string): string[] {
  for (let frame = DISTINCT; frame < FRAMES; frame++) {
    symlinkSync(frameFile(folder, frame % DISTINCT), frameFile(folder, frame));
  }
  return Array.from({ length: FRAMES }, (_, frame) => frameFile(folder, frame));
}

function frameFile(folder: string, frame: number): string {
  return path.join(folder, `frame.${String(frame + 1).padStart(4, '0')}.exr`);
}
