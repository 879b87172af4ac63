import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeFrames, type FrameShape, frameBytes, MovieWriter } from '../../../daemon/media/frames.js';
import { probeVideo } from '../../../daemon/media/probe.js';
import type { MediaTools } from '../../../daemon/media/tools.js';
import { ProcessError } from '../../../daemon/process.js';
import { framesOf, mediaTools } from '../../support/encoder.js';
import { writePng } from '../../support/passes.js';
import { processesWith } from '../../support/processes.js';
import { tempDir } from '../../support/tmp.js';

const SHAPE: FrameShape = { width: 64, height: 48, format: 'gray' };
const FPS = { num: 24, den: 1 };

let tools: MediaTools;
beforeAll(async () => {
  tools = await mediaTools();
});

/** A gray frame whose levels wander with its number. */
function frame(number: number, { width, height }: FrameShape = SHAPE): Buffer {
  const level = (at: number) => 40 + (((at % width) + Math.floor(at / width) + number * 5) % 160);
  return Buffer.from(Array.from({ length: width * height }, (_, at) => level(at)));
}

async function writeMovie(file: string, count: number, shape: FrameShape = SHAPE): Promise<string> {
  const writer = new MovieWriter(tools, file, { ...shape, fps: FPS, crf: 0 });
  for (let number = 0; number < count; number++) await writer.write(frame(number, shape));
  await writer.close();
  return file;
}

describe('writing and reading a movie', () => {
  it('gives back every frame in order, with the rate and size it was given', async () => {
    const file = await writeMovie(path.join(tempDir(), 'round.mp4'), 10);
    const frames = await framesOf(file, 64, 48, 'gray');
    expect(frames).toHaveLength(10);
    for (const [number, pixels] of frames.entries()) {
      const wanted = frame(number);
      const worst = Math.max(...pixels.map((value, at) => Math.abs(value - (wanted[at] ?? 0))));
      expect(worst).toBeLessThanOrEqual(2); // 8-bit limited range and back
    }
    expect(await probeVideo(tools, file)).toMatchObject({ frames: 10, width: 64, height: 48, fps: FPS });
  });

  it('keeps colours: what is written in BT.709 is read as BT.709', async () => {
    const file = path.join(tempDir(), 'colour.mp4');
    const writer = new MovieWriter(tools, file, { width: 16, height: 16, format: 'rgb24', fps: FPS, crf: 0 });
    const orange = Buffer.from(Array.from({ length: 256 }, () => [230, 120, 30]).flat());
    for (let number = 0; number < 2; number++) await writer.write(orange);
    await writer.close();
    const [pixels = Buffer.alloc(0)] = await framesOf(file, 16, 16, 'rgb24');
    for (const [channel, value] of [230, 120, 30].entries()) {
      expect(Math.abs((pixels[channel] ?? 0) - value)).toBeLessThanOrEqual(4);
    }
  });

  it('counts the bytes of a frame by its format', () => {
    expect(frameBytes({ width: 3, height: 2, format: 'rgb24' })).toBe(18);
    expect(frameBytes({ width: 3, height: 2, format: 'gbrpf32le' })).toBe(72);
  });
});

describe('decoding', () => {
  /** 200 frames of 640x360 gray: 46 MB, far more than the pipes hold. */
  const LARGE = { width: 640, height: 360, format: 'gray' } as const;

  function largeInput(progress: string): string[] {
    return ['-progress', progress, '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=8'];
  }

  it('waits for a slow reader', async () => {
    const progress = path.join(tempDir(), 'progress.txt');
    const ended = () => existsSync(progress) && readFileSync(progress, 'utf8').includes('progress=end');
    const frames = decodeFrames(tools, largeInput(progress), LARGE);
    await frames.next();
    await pause(700); // unread, it would be through in less: there is no event for "nothing happens"
    expect(ended()).toBe(false);
    let count = 1;
    for await (const _ of frames) count++;
    expect(count).toBe(200);
    expect(ended()).toBe(true);
  });

  it('ends ffmpeg when the reader leaves early', async () => {
    const progress = path.join(tempDir(), 'progress.txt');
    for await (const pixels of decodeFrames(tools, largeInput(progress), LARGE)) {
      expect(pixels).toHaveLength(640 * 360);
      expect(processesWith(progress)).not.toEqual([]);
      break;
    }
    expect(processesWith(progress)).toEqual([]);
  });

  it('ends with the reason "cancelled" when its signal says so', async () => {
    const stop = new AbortController();
    const progress = path.join(tempDir(), 'progress.txt');
    const frames = decodeFrames(tools, largeInput(progress), LARGE, { signal: stop.signal });
    await frames.next();
    stop.abort();
    const error = await drain(frames).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProcessError);
    expect((error as ProcessError).isCanceled).toBe(true);
    expect(processesWith(progress)).toEqual([]);
  });

  it.each(['mp4', 'png'])('fails on a truncated %s instead of giving fewer frames', async (kind) => {
    const file = path.join(tempDir(), `cut.${kind}`);
    if (kind === 'mp4') await writeMovie(file, 30);
    else writePng(file, 64, 48, (x, y) => [(x * y * 7) % 256, (x * 31 + y * 17) % 256, (x ^ y) % 256]);
    truncateSync(file, Math.floor(statSync(file).size * 0.6));
    await expect(drain(decodeFrames(tools, ['-i', file], SHAPE))).rejects.toMatchObject({ code: 'encode_failed' });
  });

  it('fails on a file that is none, in the words of ffmpeg', async () => {
    const missing = path.join(tempDir(), 'no.mp4');
    await expect(drain(decodeFrames(tools, ['-i', missing], SHAPE))).rejects.toThrow(/could not read.*No such file/);
  });

  it('fails when the frames do not have the size that was said', async () => {
    const file = await writeMovie(path.join(tempDir(), 'small.mp4'), 3);
    const wrong = drain(decodeFrames(tools, ['-i', file], { ...SHAPE, height: 100 }));
    await expect(wrong).rejects.toThrow('A frame has 64x48 pixels where 64x100 were expected.');
  });

  it('scales only when asked to', async () => {
    const file = await writeMovie(path.join(tempDir(), 'small.mp4'), 2);
    const half = { width: 32, height: 24, format: 'gray' } as const;
    let count = 0;
    for await (const pixels of decodeFrames(tools, ['-i', file], half, { filter: 'scale=32:24' })) {
      expect(pixels).toHaveLength(32 * 24);
      count++;
    }
    expect(count).toBe(2);
  });
});

async function drain(frames: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of frames);
}

describe('a movie that cannot be written', () => {
  it('is reported by close() in the words of ffmpeg, and no write hangs before', async () => {
    const blocked = path.join(tempDir(), 'file');
    writeFileSync(blocked, '');
    const writer = new MovieWriter(tools, path.join(blocked, 'out.mp4'), { ...SHAPE, fps: FPS });
    const attempt = async () => {
      for (let number = 0; number < 200; number++) await writer.write(frame(number));
      await writer.close();
    };
    await expect(attempt()).rejects.toThrow(/ffmpeg could not write.*Not a directory/);
  });

  it('may be given up: ffmpeg is gone when abort() resolves', async () => {
    const file = path.join(tempDir(), 'given-up.mp4');
    const writer = new MovieWriter(tools, file, { ...SHAPE, fps: FPS });
    await writer.write(frame(0));
    await vi.waitFor(() => expect(processesWith(file)).not.toEqual([]));
    await writer.abort();
    expect(processesWith(file)).toEqual([]);
  });
});
