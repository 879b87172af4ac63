import type { ExrWish, PartWish } from '../../make-exr.js';
import { type Cell, type Channels, COMPRESSIONS, SMALL, STORAGES, single } from './cell.js';

const TYPE_SETS: Readonly<Record<string, Channels>> = {
  half: { R: 'half', G: 'half', B: 'half', A: 'half' },
  float: { R: 'float', G: 'float', B: 'float' },
  uint: { R: 'uint', G: 'uint', B: 'uint' },
  mixed: { R: 'half', G: 'half', B: 'half', A: 'half', Z: { type: 'float', picture: 'depth' }, seg: 'uint', N: 'half' },
};

/** The other storages hold the mixture alone, for the sake of time. */
const WITH_ALL_TYPES: ReadonlySet<string> = new Set(['scan lines', 'tiles 16x13, random']);

export function storages(): Cell[] {
  return COMPRESSIONS.flatMap((compression) =>
    Object.entries(STORAGES).flatMap(([storage, how]) =>
      Object.entries(TYPE_SETS)
        .filter(([types]) => types === 'mixed' || WITH_ALL_TYPES.has(storage))
        .map(([types, channels]) =>
          single(`compressions x storages x types`, `${compression}, ${storage}, ${types}`, {
            compression,
            display: SMALL,
            channels,
            ...how,
          }),
        ),
    ),
  );
}

export function layouts(): Cell[] {
  const rgba: Channels = { R: 'half', G: 'half', B: 'half', A: 'half' };
  const depth: Channels = { Z: { type: 'float', picture: 'depth' } };
  const ids: Channels = { id: 'uint' };
  return COMPRESSIONS.flatMap((compression) => {
    const part = (name: string, channels: Channels, more: Partial<PartWish> = {}): PartWish => ({
      name,
      compression,
      display: SMALL,
      channels,
      ...more,
    });
    const tiled: Partial<PartWish> = { tiles: { size: [16, 16] }, order: 'random' };
    const view = (name: string): Partial<PartWish> => ({ attributes: { view: ['string', name] } });
    const files: Readonly<Record<string, Omit<ExrWish, 'file'>>> = {
      'colour, depth, ids': { parts: [part('C', rgba), part('depth', depth), part('ids', ids)] },
      'depth first, taking turns': { parts: [part('depth', depth), part('rgba', rgba)], interleaved: true },
      'tiles and scan lines': {
        parts: [part('beauty', rgba, tiled), part('depth', depth), part('seg', ids, { ...tiled, compression: 'zip' })],
        interleaved: true,
      },
      'a layer a part': {
        parts: [
          part('rgba', { 'rgba.R': 'half', 'rgba.G': 'half', 'rgba.B': 'half' }),
          part('depth', { 'depth.Z': { type: 'float', picture: 'depth' } }),
          part('edge', { 'edge.R': 'half' }, { order: 'decreasing' }),
        ],
      },
      'stereo parts': {
        parts: [
          part('rgba.left', rgba, view('left')),
          part('rgba.right', rgba, view('right')),
          part('depth.left', depth, view('left')),
        ],
      },
      'parts of other windows': {
        parts: [part('C', rgba, { data: [5, 5, 20, 20] }), part('depth', depth, { data: [-4, -4, 70, 50] })],
      },
      'one part, multi-view': {
        parts: [
          {
            compression,
            display: SMALL,
            channels: { ...rgba, 'right.R': 'half', 'right.G': 'half', 'right.B': 'half' },
            attributes: { multiView: ['stringvector', ['left', 'right']] },
          },
        ],
      },
      "OpenEXR's own writer": { parts: [{ compression, display: SMALL, channels: rgba }], writer: 'library' },
      "OpenEXR's own writer, tiles": {
        parts: [{ compression, display: SMALL, data: [-3, 2, 50, 60], channels: rgba, tiles: { size: [20, 12] } }],
        writer: 'library',
      },
      "OpenEXR's own writer, parts": { parts: [part('C', rgba), part('depth', depth)], writer: 'library' },
    };
    return Object.entries(files).map(([name, file]) => ({
      group: 'layouts',
      name: `${compression}, ${name}`,
      file,
      right: 'judge' as const,
    }));
  });
}
