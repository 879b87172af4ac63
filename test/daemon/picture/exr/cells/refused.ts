import type { PartWish } from '../../make-exr.js';
import { type Cell, type Channels, SMALL, single } from './cell.js';

export function refused(): Cell[] {
  const rgb: Channels = { R: 'half', G: 'half', B: 'half' };
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
  ];
}
