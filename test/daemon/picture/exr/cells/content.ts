import type { ChannelWish, PartWish } from '../../make-exr.js';
import { type Cell, type Channels, COMPRESSIONS, SMALL, single } from './cell.js';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'R,G,B': ['R', 'G', 'B'],
  'R,G,B,A': ['R', 'G', 'B', 'A'],
  'r,g,b': ['r', 'g', 'b'],
  'red,green,blue': ['red', 'green', 'blue'],
  'rgba.R': ['rgba.R', 'rgba.G', 'rgba.B', 'rgba.A'],
  'ViewLayer.Combined.R': ['ViewLayer.Combined.R', 'ViewLayer.Combined.G', 'ViewLayer.Combined.B'],
  'C.R': ['C.R', 'C.G', 'C.B', 'C.A'],
  'beauty.R': ['beauty.R', 'beauty.G', 'beauty.B'],
  'depth.Z': ['depth.Z'],
  Z: ['Z'],
  Pz: ['Pz'],
  V: ['V'],
  Y: ['Y'],
  A: ['A'],
  'Z,A': ['Z', 'A'],
  'depth.R,G,B': ['depth.R', 'depth.G', 'depth.B'],
  'X,Y,Z': ['X', 'Y', 'Z'],
  seg: ['seg'],
  cryptomatte: ['cryptomatte00.R', 'cryptomatte00.G', 'cryptomatte00.B', 'cryptomatte00.A', 'R', 'G', 'B'],
  views: ['R', 'G', 'B', 'left.R', 'left.G', 'left.B'],
  'layers beside R,G,B': ['R', 'G', 'B', 'depth.Z', 'seg.R', 'edge.R', 'N.X', 'N.Y', 'N.Z'],
  'not of this alphabet': ['farbe.größe', '深度.Z'],
};

export function names(): Cell[] {
  return Object.entries(NAMES).flatMap(([name, channels]) =>
    (['half', 'float', 'uint'] as const).map((type) =>
      single('channel names', `${name}, ${type}`, {
        compression: type === 'half' ? 'dwaa' : 'zip',
        display: SMALL,
        channels: Object.fromEntries(channels.map((channel) => [channel, type])),
      }),
    ),
  );
}

export function values(): Cell[] {
  const pictures = { special: 'special', noise: 'noise', flat: { constant: 0.25 }, black: { constant: 0 } } as const;
  return COMPRESSIONS.flatMap((compression) =>
    Object.entries(pictures).flatMap(([name, picture]) =>
      (['half', 'float'] as const).map((type) => {
        const channel: ChannelWish = { type, picture, linear: name === 'noise' && type === 'half' };
        return single('values', `${name}, ${compression}, ${type}`, {
          compression,
          display: [0, 0, 40, 36],
          channels: { R: channel, G: channel, B: { type, picture: 'scene' }, A: channel, Z: channel },
        });
      }),
    ),
  );
}

export function headers(): Cell[] {
  const manifest = JSON.stringify(
    Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`/obj/city/block_${index}/house`, hex(index)])),
  );
  const long = 'a_layer_with_a_name_that_is_longer_than_thirty_one_bytes';
  const attributes: Readonly<Record<string, PartWish['attributes']>> = {
    'a string of 13 kB': { renderMetadata: ['string', 'x'.repeat(13_000)] },
    'manifest of 400 objects': { 'cryptomatte/1a2b3c4/manifest': ['string', manifest] },
    'comments of 300 bytes': { comments: ['string', 'y'.repeat(300)] },
    'comments last': { zzz: ['string', 'z'.repeat(8_200)] },
    'empty string': { comments: ['string', ''] },
    'long name of an attribute': { [long.repeat(3)]: ['string', 'x'] },
    ACEScg: { chromaticities: ['chromaticities', [0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767]] },
    'a type of somebody': { own: ['int', 7], rate: ['float', 24] },
  };
  const rgb: Channels = { R: 'half', G: 'half', B: 'half' };
  return [
    ...Object.entries(attributes).map(([name, own]) =>
      single('headers', name, { display: SMALL, channels: rgb, attributes: own }),
    ),
    ...Object.entries(attributes)
      .filter(isOfAPart)
      .map(([name, own]) => ({
        group: 'headers',
        name: `${name}, second part`,
        file: {
          parts: [
            { name: 'C', display: SMALL, channels: rgb },
            { name: 'depth', display: SMALL, channels: { Z: 'float' as const }, attributes: own },
          ],
        },
        right: 'judge' as const,
      })),
    single('headers', 'long names of channels', {
      display: SMALL,
      channels: { [`${long}.R`]: 'half', [`${long}.G`]: 'half', [`${long}.B`]: 'half' },
    }),
  ];
}

function hex(value: number): string {
  return ((value * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0');
}

/** Chromaticities are the same in all parts, or OpenEXR takes the file for broken. */
function isOfAPart([, attributes]: [string, PartWish['attributes']]): boolean {
  return attributes?.chromaticities === undefined;
}
