import type { PartWish } from '../../make-exr.js';
import { type Cell, type Channels, SMALL, single } from './cell.js';

export function refused(): Cell[] {
  const rgb: Channels = { R: 'half', G: 'half', B: 'half' };
  const luminance: Channels = {
    Y: 'half',
    RY: { type: 'half', sampling: [2, 2] },
    BY: { type: 'half', sampling: [2, 2] },
  };
  const refuse = (name: string, part: PartWish, words: RegExp): Cell => ({
    ...single('refused', name, part),
    right: words,
  });
  return [
    ...(['htj2k32', 'htj2k256'] as const).flatMap((compression) => [
      refuse(compression, { compression, display: SMALL, channels: rgb }, /HTJ2K/),
      refuse(
        `${compression}, tiles`,
        { compression, display: SMALL, channels: rgb, tiles: { size: [32, 32] } },
        /HTJ2K/,
      ),
    ]),
    refuse('zstd', { compression: 'zstd', display: SMALL, channels: rgb }, /compress/i),
    refuse('luminance-chroma', { display: [0, 0, 59, 45], channels: luminance }, /luminance/i),
  ];
}
