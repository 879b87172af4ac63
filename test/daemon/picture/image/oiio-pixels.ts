/** OpenImageIO as the judge of images that ffmpeg decodes, and a writer of such images. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { runProcess } from '../../../../daemon/process.js';

const here = path.dirname(fileURLToPath(import.meta.url));
/** Made by `node .dev/setup.mjs --test`. */
const interpreter = path.join(here, '..', '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

const Judged = z.object({ file: z.string(), width: z.int(), height: z.int(), channels: z.array(z.string()) });

export interface Judgement {
  readonly width: number;
  readonly height: number;
  readonly channels: readonly string[];
  /** Interleaved, 0 to 1, colours multiplied with alpha. */
  readonly data: Float32Array;
}

/** Writes one image of every kind into the folder. */
export async function makeImages(folder: string): Promise<void> {
  await python('make_images.py', [folder]);
}

/** @throws when OpenImageIO cannot read one of them. */
export async function oiioPixels(files: readonly string[]): Promise<Map<string, Judgement>> {
  const lines = (await python('oiio_pixels.py', files)).trim().split('\n');
  const judged = lines.map((line) => Judged.parse(JSON.parse(line)));
  const read = judged.map(async ({ file, ...about }) => {
    const { buffer } = new Uint8Array(await readFile(`${file}.f32`));
    return [file, { ...about, data: new Float32Array(buffer) }] as const;
  });
  return new Map(await Promise.all(read));
}

async function python(script: string, args: readonly string[]): Promise<string> {
  return (await runProcess(interpreter, [path.join(here, script), ...args])).stdout;
}
