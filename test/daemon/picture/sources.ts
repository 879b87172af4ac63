/** Valid files of every kind, small: what is damaged. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ExrWish, makeExr, type PartWish } from './make-exr.js';

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
export async function validExrs(folder: string): Promise<Buffer[]> {
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
  return wishes.map(({ file }) => readFileSync(file));
}
