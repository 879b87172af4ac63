import type { PartWish, Window } from '../../make-exr.js';
import { type Cell, type Channels, COMPRESSIONS, STORAGES, single } from './cell.js';

const WINDOWS: Readonly<Record<string, { display: Window; data: Window }>> = {
  'data inside': { display: [0, 0, 60, 46], data: [7, 5, 40, 33] },
  overscan: { display: [0, 0, 60, 46], data: [-9, -11, 71, 58] },
  'data across the edge': { display: [0, 0, 60, 46], data: [-9, 20, 30, 90] },
  'display from 100,50': { display: [100, 50, 160, 96], data: [100, 50, 160, 96] },
  'display from -32,-24': { display: [-32, -24, 28, 22], data: [-32, -24, 28, 22] },
  'display away, data beyond': { display: [100, 50, 160, 96], data: [90, 60, 170, 80] },
  disjoint: { display: [0, 0, 30, 20], data: [50, 40, 80, 60] },
  'one pixel of data': { display: [0, 0, 30, 20], data: [0, 0, 0, 0] },
  'one pixel far away': { display: [0, 0, 30, 20], data: [-1, -1, -1, -1] },
  odd: { display: [3, 3, 19, 13], data: [1, 5, 17, 11] },
};

const SIZES: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 40],
  [40, 1],
  [3, 2],
  [9, 15],
  [8, 16],
  [7, 17],
  [5, 31],
  [4, 32],
  [6, 33],
  [3, 255],
  [2, 256],
  [9, 257],
];

export function windows(): Cell[] {
  const channels: Channels = { R: 'half', G: 'half', B: 'half', Z: { type: 'float', picture: 'depth' }, id: 'uint' };
  return Object.entries(WINDOWS).flatMap(([name, where]) =>
    (['none', 'zip', 'piz', 'b44', 'dwaa'] as const).flatMap((compression) =>
      (['scan lines', 'tiles 16x13, random'] as const).map((storage) =>
        single('windows', `${name}, ${compression}, ${storage}`, {
          compression,
          channels,
          ...where,
          ...STORAGES[storage],
        }),
      ),
    ),
  );
}

export function sizes(): Cell[] {
  const channels: Channels = { R: 'half', G: 'half', B: 'half', Z: 'float', id: 'uint' };
  return SIZES.flatMap(([width, height]) =>
    COMPRESSIONS.map((compression) =>
      single('sizes', `${width}x${height}, ${compression}`, {
        compression,
        display: [0, 0, width - 1, height - 1],
        channels,
      }),
    ),
  );
}

/**
 * OpenImageIO reads no channel that is sampled more coarsely: what was written says what is right. Windows are multiples
 * of the sampling, without which OpenEXR takes a file for broken.
 */
export function subSampled(): Cell[] {
  const rgb: Channels = { R: 'half', G: 'half', B: 'half' };
  const coarse: Readonly<Record<string, Channels>> = {
    '2,2': { ...rgb, Z: { type: 'float', sampling: [2, 2], picture: 'depth' } },
    '4,1': { ...rgb, id: { type: 'uint', sampling: [4, 1] } },
    'luminance and chroma, as they are': {
      Y: 'half',
      RY: { type: 'half', sampling: [2, 2] },
      BY: { type: 'half', sampling: [2, 2] },
    },
    '1,3': { ...rgb, mask: { type: 'half', sampling: [1, 3] } },
  };
  const places: Readonly<Record<string, Partial<PartWish>>> = {
    'at 0,0': {},
    inside: { data: [4, 6, 39, 29] },
    'from -8,-6': { data: [-8, -6, 51, 41] },
  };
  return (['none', 'rle', 'zips', 'zip'] as const).flatMap((compression) =>
    Object.entries(coarse).flatMap(([name, channels]) =>
      Object.entries(places).map(([place, where]) => ({
        ...single('sub-sampled', `${name}, ${place}, ${compression}`, {
          compression,
          display: [0, 0, 47, 35],
          channels,
          ...where,
        }),
        right: 'written' as const,
      })),
    ),
  );
}
