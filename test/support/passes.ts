/** Small real image sequences for tests. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PNG } from 'pngjs';
import type { PassName } from '../../schemas/index.js';

export type Pixel = readonly [red: number, green: number, blue: number];

export function writePng(file: string, width: number, height: number, pixel: (x: number, y: number) => Pixel): void {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) png.data.set([...pixel(x, y), 255], (y * width + x) * 4);
  }
  writeFileSync(file, PNG.sync.write(png));
}

export interface SequenceOptions {
  readonly passes?: readonly PassName[];
  readonly first?: number;
  readonly last?: number;
  readonly width?: number;
  readonly height?: number;
}

export function frameFile(folder: string, pass: string, frame: number, extension = 'png'): string {
  return path.join(folder, `${pass}.${String(frame).padStart(4, '0')}.${extension}`);
}

/** Writes `{pass}.{frame}.png` for every pass and frame; each pass has content of its own that moves. */
export function writeSequences(folder: string, options: SequenceOptions = {}): void {
  const { passes = ['color', 'depth', 'seg', 'edge'], first = 1, last = 8, width = 64, height = 48 } = options;
  mkdirSync(folder, { recursive: true });
  for (const pass of passes) {
    for (let frame = first; frame <= last; frame++) {
      writePng(frameFile(folder, pass, frame), width, height, (x, y) => content(pass, x + frame, y, width, height));
    }
  }
}

function content(pass: PassName, x: number, y: number, width: number, height: number): Pixel {
  switch (pass) {
    case 'color':
      return [(x * 4) % 256, (y * 5) % 256, ((x + y) * 3) % 256];
    case 'depth': {
      const value = Math.round((255 * y) / height);
      return [value, value, value];
    }
    case 'seg':
      return Math.floor((4 * x) / width) % 2 === 0 ? [255, 0, 0] : [0, 0, 255];
    case 'edge':
      return x % 16 === 0 || y % 16 === 0 ? [255, 255, 255] : [0, 0, 0];
    case 'vis':
      return [128, (x * 2) % 256, 128];
  }
}
