/**
 * Where the chunks of a part are, and which pixels each of them holds. After the headers comes one table of offsets a
 * part, then the chunks ("OpenEXR File Layout" of the OpenEXR documentation). A chunk begins with the number of its
 * part (in files that may have several), its first line or its tile, and the bytes of its data. Pure.
 */
import { PictureError } from '../picture-error.js';
import { type Compression, LINES } from './compression.js';
import type { ExrHeader, ExrPart, Tiles } from './header.js';
import type { Window } from './window.js';

/** Entries of a part's offset table, all levels of tiles included. */
export function chunkCount(part: ExrPart): number {
  const { tiles, dataWindow, compression, chunkCount: stored } = part;
  if (tiles !== null) return tileCount(tiles, dataWindow);
  if (typeof compression === 'string') return Math.ceil(dataWindow.height / LINES[compression]);
  if (stored !== null && stored > 0) return stored;
  throw new PictureError(`uses the compression number ${compression}, which is not known; write it with ZIP or DWAA`);
}

/** Byte and length of a part's offset table. */
export function tableOf(header: ExrHeader, part: number): { at: number; length: number } {
  // A writer that knows the number of chunks may count otherwise than we do, and its own count is what it wrote.
  const count = (one: ExrPart) => (header.multiPart ? (one.chunkCount ?? chunkCount(one)) : chunkCount(one));
  const at = header.parts.slice(0, part).reduce((sum, one) => sum + 8 * count(one), header.end);
  const own = header.parts[part];
  return { at, length: own === undefined ? 0 : 8 * count(own) };
}

/** One chunk of the picture itself; the smaller levels of tiles are not of interest. */
export interface ChunkPlace {
  /** Entry of the offset table. */
  readonly index: number;
  readonly region: Window;
  /** Expected content of its head: the first line; or column and row of the tile. */
  readonly expected: readonly number[];
}

/** All chunks of the full picture, from top to bottom. */
export function* placesOf(part: ExrPart, compression: Compression): Generator<ChunkPlace> {
  const { dataWindow: data, tiles } = part;
  if (tiles === null) {
    const lines = LINES[compression];
    for (let index = 0; index * lines < data.height; index++) {
      const y = data.y + index * lines;
      const height = Math.min(lines, data.y + data.height - y);
      yield { index, region: { x: data.x, y, width: data.width, height }, expected: [y] };
    }
    return;
  }
  const across = Math.ceil(data.width / tiles.width);
  for (let row = 0; row * tiles.height < data.height; row++) {
    for (let column = 0; column < across; column++) {
      const [x, y] = [data.x + column * tiles.width, data.y + row * tiles.height];
      const width = Math.min(tiles.width, data.x + data.width - x);
      const height = Math.min(tiles.height, data.y + data.height - y);
      yield { index: row * across + column, region: { x, y, width, height }, expected: [column, row, 0, 0] };
    }
  }
}

function tileCount(tiles: Tiles, { width, height }: Window): number {
  const tilesAt = (levelX: number, levelY: number) => {
    const [w, h] = [levelSize(width, levelX, tiles), levelSize(height, levelY, tiles)];
    return Math.ceil(w / tiles.width) * Math.ceil(h / tiles.height);
  };
  switch (tiles.levels) {
    case 'one':
      return tilesAt(0, 0);
    case 'mip':
      return sum(levelCount(Math.max(width, height), tiles), (level) => tilesAt(level, level));
    case 'rip':
      return sum(levelCount(height, tiles), (y) => sum(levelCount(width, tiles), (x) => tilesAt(x, y)));
  }
}

function sum(count: number, of: (index: number) => number): number {
  return Array.from({ length: count }, (_, i) => of(i)).reduce((total, one) => total + one, 0);
}

function levelCount(size: number, { roundUp }: Tiles): number {
  return (roundUp ? Math.ceil(Math.log2(size)) : Math.floor(Math.log2(size))) + 1;
}

function levelSize(size: number, level: number, { roundUp }: Tiles): number {
  const exact = size / 2 ** level;
  return Math.max(1, roundUp ? Math.ceil(exact) : Math.floor(exact));
}
