import { seededRandom } from '../../../../support/random.js';
import type { ChannelWish, PartWish, PixelType } from '../../make-exr.js';
import { type Cell, COMPRESSIONS } from './cell.js';

/** Seeded mixtures of all of it, for the combinations that nobody thought of. */
export function randomCells(): Cell[] {
  const roll = seededRandom(12);
  const below = (limit: number) => Math.floor(roll() * limit);
  const pick = <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  const types: readonly [PixelType, ...PixelType[]] = ['half', 'half', 'float', 'uint'];
  const part = (index: number, several: boolean): PartWish => {
    const [left, top] = [below(60) - 30, below(60) - 30];
    const [x, y] = [left + below(40) - 20, top + below(40) - 20];
    const count = 1 + below(6);
    const tiled = roll() < 0.4;
    const made = Array.from({ length: count }, (_, channel): [string, ChannelWish] => [
      `${pick(['', '', 'layer.', 'a.b.'])}${['R', 'G', 'B', 'A', 'Z', 'id'][channel] ?? 'X'}`,
      { type: pick(types), picture: pick(['scene', 'noise', 'labels', 'depth']), linear: roll() < 0.1 },
    ]);
    return {
      ...(several ? { name: `part${index}` } : {}),
      compression: pick(COMPRESSIONS),
      display: [left, top, left + below(70), top + below(50)],
      data: [x, y, x + below(90), y + below(70)],
      order: tiled ? pick(['increasing', 'decreasing', 'random']) : pick(['increasing', 'decreasing']),
      channels: Object.fromEntries(made),
      ...(tiled
        ? {
            tiles: {
              size: [1 + below(40), 1 + below(40)] as const,
              mode: pick(['one', 'mip', 'rip']),
              rounding: pick(['down', 'up']),
            },
          }
        : {}),
    };
  };
  return Array.from({ length: 60 }, (_, index) => {
    const count = roll() < 0.5 ? 1 : 2 + below(4);
    const parts = Array.from({ length: count }, (_part, which) => part(which, count > 1));
    const file = { parts: count > 1 ? shareDisplay(parts) : parts, interleaved: roll() < 0.5, seed: index };
    return { group: 'random', name: `seed ${index}`, file, right: 'judge' as const };
  });
}

/** All parts of a file have one display window. */
function shareDisplay(parts: readonly PartWish[]): PartWish[] {
  return parts.map((part) => ({ ...part, display: parts[0]?.display ?? part.display }));
}
