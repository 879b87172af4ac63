import type { Compression, ExrWish, PartWish, Window } from '../../make-exr.js';

export interface Cell {
  /** Group and case, as the table tells them. */
  readonly group: string;
  readonly name: string;
  readonly file: Omit<ExrWish, 'file' | 'truth'>;
  /**
   * Who says what is right: OpenImageIO, or what was written, where OpenImageIO reads no such file; or no planes are
   * expected but a sentence.
   */
  readonly right: 'judge' | 'written' | RegExp;
}

export type Channels = PartWish['channels'];

export const COMPRESSIONS = [
  'none',
  'rle',
  'zips',
  'zip',
  'piz',
  'pxr24',
  'b44',
  'b44a',
  'dwaa',
  'dwab',
] as const satisfies readonly Compression[];

/** Odd in both directions, and no multiple of any chunk or tile. */
export const SMALL: Window = [0, 0, 60, 46];

export const STORAGES: Readonly<Record<string, Partial<PartWish>>> = {
  'scan lines': {},
  'lines upwards': { order: 'decreasing' },
  'tiles 16x13, random': { tiles: { size: [16, 13] }, order: 'random' },
  'tiles 64x64': { tiles: { size: [64, 64] } },
  'mip-maps, down': { tiles: { size: [17, 17], mode: 'mip', rounding: 'down' } },
  'rip-maps, up': { tiles: { size: [48, 40], mode: 'rip', rounding: 'up' }, order: 'random' },
};

export function single(group: string, name: string, part: PartWish): Cell {
  return { group, name, file: { parts: [part] }, right: 'judge' };
}
