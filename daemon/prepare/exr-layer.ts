/** How to make ffmpeg decode one layer of an EXR file. */
import { open } from 'node:fs/promises';
import { CosmosError } from '../errors.js';
import { type ExrChannel, type ExrHeader, readExrHeader } from '../media/exr-header.js';

/** ffmpeg's -part and -layer, and what comes out. */
export interface ExrLayer {
  readonly part: number;
  readonly layer: string;
  /** rgb: three float planes; gray: one. */
  readonly kind: 'rgb' | 'gray';
  /**
   * Bytes to change in a copy first. ffmpeg knows channels by their last letter and decodes a single one only when
   * it is called Y (libavcodec/exr.c, "channels"): a lone "depth.Z" or "Pz" is renamed, namesakes are hidden.
   */
  readonly patches: readonly { readonly offset: number; readonly letter: string }[];
}

/** @param layer name as in the clip; undefined or "" = the picture itself, or the only layer there is. */
export async function findExrLayer(file: string, layer: string | undefined): Promise<ExrLayer> {
  const parts = (await readHeader(file)).parts.map(({ channels }) => channels);
  const wanted = layer ?? '';
  for (const [part, channels] of parts.entries()) {
    const own = channels.filter((channel) => channel.layer === wanted);
    if (own.length > 0) return describe(part, own, channels);
  }
  const [only] = parts;
  const lone =
    wanted === '' && parts.length === 1 && only !== undefined && new Set(only.map((c) => c.layer)).size === 1;
  if (lone) return describe(0, only, only);
  const layers = [...new Set(parts.flat().map((channel) => channel.layer || 'the picture itself'))].join(', ');
  throw new CosmosError('encode_failed', `${file} has no layer "${wanted}"; it has ${layers}.`, {
    file,
    layer: wanted,
  });
}

function describe(part: number, own: readonly ExrChannel[], all: readonly ExrChannel[]): ExrLayer {
  const letters = new Map(own.map((channel) => [channel.name.slice(-1).toUpperCase(), channel]));
  const prefixOf = ({ name }: ExrChannel) => name.slice(0, -1);
  const red = letters.get('R');
  if (red !== undefined && letters.has('G') && letters.has('B')) {
    return { part, layer: prefixOf(red), kind: 'rgb', patches: [] };
  }
  const single = letters.get('Y') ?? letters.get('Z') ?? own[0];
  if (single === undefined) throw new Error('a layer without channels was found by its channels');
  const layer = prefixOf(single);
  const rivals = all.filter((channel) => channel !== single && channel.name.startsWith(layer));
  const patches = [
    { offset: single.lastLetter, letter: 'Y' },
    ...rivals.map((c) => ({ offset: c.lastLetter, letter: '#' })),
  ];
  return { part, layer, kind: 'gray', patches: single.name.endsWith('Y') && rivals.length === 0 ? [] : patches };
}

async function readHeader(file: string): Promise<ExrHeader> {
  const handle = await open(file, 'r');
  try {
    const header = await readExrHeader(async (length) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    });
    if (typeof header !== 'string') return header;
    const why = header === 'foreign' ? 'is no EXR image' : 'is cut off within its header: render that frame again';
    throw new CosmosError('encode_failed', `${file} ${why}.`, { file });
  } finally {
    await handle.close();
  }
}
