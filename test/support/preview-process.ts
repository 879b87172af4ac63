/** The preview process of dist/, with small real movies to work on. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MovieWriter } from '../../daemon/media/frames.js';
import type { HintKey, Media } from '../../schemas/index.js';
import { captured, type Finished } from './captured.js';
import { distFile } from './dist.js';
import { mediaTools } from './encoder.js';
import { makeOnce } from './made-once.js';
import { tempDir } from './tmp.js';

export const SMALL: Media = { frames: 6, width: 96, height: 64, fps: { num: 24, den: 1 } };

type Picture = (x: number, y: number, frame: number) => readonly [red: number, green: number, blue: number];

const grey = (value: number) => [value, value, value] as const;

/** Contents that have little in common, so that a likeness to one is no likeness to another. */
const PICTURES: Readonly<Record<HintKey | 'color', Picture>> = {
  color: (x, y, frame) => [(x * 5 + frame * 9) % 256, (y * 7) % 256, ((x + y) * 3) % 256],
  edge: (x, y, frame) => grey((x + frame) % 12 < 2 || y % 16 < 2 ? 255 : 0),
  depth: (_, y, frame) => grey((y * 3 + frame * 6) % 256),
  seg: (x, y) => ((Math.floor(x / 24) + Math.floor(y / 20)) % 2 === 0 ? [230, 40, 40] : [60, 200, 250]),
  vis: (x, y, frame) => grey(128 + 100 * Math.sin((x + frame * 2) / 9) * Math.cos(y / 11)),
};

/** Writes `<name>.mp4`, also in the place of one that is there. */
export async function writeInput(folder: string, name: HintKey | 'color', media: Media = SMALL): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await makeOnce(JSON.stringify([name, media]), path.join(folder, `${name}.mp4`), (file) => encode(file, name, media));
}

async function encode(file: string, name: HintKey | 'color', media: Media): Promise<void> {
  const { width, height, fps, frames } = media;
  const writer = new MovieWriter(await mediaTools(), file, { width, height, fps, format: 'rgb24' });
  for (let frame = 0; frame < frames; frame++) {
    const pixels = Buffer.alloc(width * height * 3);
    for (let at = 0; at < width * height; at++) {
      pixels.set(PICTURES[name](at % width, Math.floor(at / width), frame), at * 3);
    }
    await writer.write(pixels);
  }
  await writer.close();
}

/** A folder with specs to be and all five movies under inputs/. */
export async function previewFolder(media: Media = SMALL): Promise<string> {
  const folder = tempDir();
  const names = ['color', 'edge', 'depth', 'seg', 'vis'] as const;
  await Promise.all(names.map((name) => writeInput(path.join(folder, 'inputs'), name, media)));
  return folder;
}

/** A block of a spec whose control is the movie in inputs/. */
export function control(hint: HintKey, weight: number) {
  return { [hint]: { control_path: `inputs/${hint}.mp4`, control_weight: weight } };
}

/** Writes `<name>.json` and gives its path. */
export function writeSpec(folder: string, name: string, fields: Readonly<Record<string, unknown>>): string {
  const file = path.join(folder, `${name}.json`);
  const spec = { name, prompt: 'a street', seed: 7, video_path: 'inputs/color.mp4', ...fields };
  writeFileSync(file, JSON.stringify(spec));
  return file;
}

/** Starts it far from its folders, so that no path is right by the working directory alone. */
export function startPreview(specs: readonly string[], outDir: string) {
  const args = [...specs.flatMap((spec) => ['-i', spec]), '-o', outDir];
  const child = spawn(process.execPath, [distFile('daemon/workload/preview/main.js'), ...args], { cwd: path.sep });
  const finished = captured(child);
  return { child, finished };
}

export function runPreview(specs: readonly string[], outDir: string): Promise<Finished> {
  return startPreview(specs, outDir).finished;
}
