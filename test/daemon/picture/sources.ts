/** Valid files of every kind, small: what is damaged. */
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ExrWish, makeExr, type PartWish } from './make-exr.js';
import { startPython } from './python.js';
import type { ValidFile } from './trial.js';

const COMPRESSIONS = ['none', 'rle', 'zips', 'zip', 'piz', 'pxr24', 'b44', 'b44a', 'dwaa', 'dwab'] as const;
const DISPLAY = [0, 0, 60, 46] as const;
const RGB: PartWish['channels'] = { R: 'half', G: 'half', B: 'half' };
const DEPTH: PartWish['channels'] = { Z: 'float' };
const MIXED: PartWish['channels'] = {
  R: 'half',
  G: 'half',
  B: 'half',
  A: 'half',
  Z: { type: 'float', picture: 'depth' },
  id: 'uint',
};

/** Each compression in scan lines, in tiles with levels, and in a file of several parts. */
export async function validExrs(folder: string): Promise<ValidFile[]> {
  const files = COMPRESSIONS.flatMap((compression): Omit<ExrWish, 'file'>[] => {
    const own = { compression, display: DISPLAY };
    return [
      { parts: [{ ...own, channels: MIXED, data: [-3, 2, 50, 50] }] },
      { parts: [{ ...own, channels: MIXED, tiles: { size: [24, 20], mode: 'mip' } }] },
      {
        parts: [
          { ...own, name: 'C', channels: RGB },
          { ...own, name: 'depth', channels: DEPTH },
        ],
      },
    ];
  });
  const wishes = files.map((file, index) => ({ ...file, file: path.join(folder, `valid-${index}.exr`) }));
  await makeExr(wishes);
  return wishes.map(({ file }) => ({ name: 'x.exr', bytes: readFileSync(file) }));
}

/** PNG, JPEG, TIFF, TGA, WebP and DPX in all their kinds. */
export async function validImages(folder: string): Promise<ValidFile[]> {
  const place = path.join(folder, 'valid');
  mkdirSync(place);
  const [code] = await once(startPython(path.join('image', 'make_images.py'), place), 'exit');
  if (code !== 0) throw new Error(`make_images.py ended with ${code}`);
  return readdirSync(place)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(path.join(place, name)) }));
}
