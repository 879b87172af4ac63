/** How to make ffmpeg decode one layer of an EXR file. */
import { open } from 'node:fs/promises';
import { CosmosError } from '../errors.js';

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

interface Channel {
  readonly name: string;
  readonly layer: string;
  /** Byte of the last letter of its name in the file. */
  readonly lastLetter: number;
}

const MULTI_PART = 0x1000;
/** Bytes; longer headers do not occur. */
const LARGEST_HEAD = 4 * 2 ** 20;
/** Channels of the picture itself. */
const BARE = new Set(['R', 'G', 'B', 'A', 'Y', 'RY', 'BY']);

/** @param layer name as in the clip; undefined or "" = the picture itself, or the only layer there is. */
export async function findExrLayer(file: string, layer: string | undefined): Promise<ExrLayer> {
  const parts = readChannels(await readHead(file), file);
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

function describe(part: number, own: readonly Channel[], all: readonly Channel[]): ExrLayer {
  const letters = new Map(own.map((channel) => [channel.name.slice(-1).toUpperCase(), channel]));
  const prefixOf = ({ name }: Channel) => name.slice(0, -1);
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

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const size = Math.min(LARGEST_HEAD, (await handle.stat()).size);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Channels of every part ("OpenEXR File Layout": attributes are name, type, size, value; an empty name ends them). */
function readChannels(head: Buffer, file: string): Channel[][] {
  try {
    const multiPart = (head.readUInt32LE(4) & MULTI_PART) !== 0;
    const parts: Channel[][] = [];
    let at = 8;
    do {
      const { channels, end } = readPart(head, at);
      if (end === at + 1) break; // an empty header ends the list of parts
      parts.push(channels);
      at = end;
    } while (multiPart);
    return parts;
  } catch (cause) {
    throw new CosmosError('encode_failed', `${file} is not a readable EXR image.`, { file }, { cause });
  }
}

function readPart(head: Buffer, from: number): { channels: Channel[]; end: number } {
  let at = from;
  let partName = '';
  let list: { from: number; to: number } | undefined;
  for (let name = text(head, at); name !== ''; name = text(head, at)) {
    at += name.length + 1;
    at += text(head, at).length + 1;
    const to = at + 4 + head.readUInt32LE(at);
    if (name === 'name') partName = head.toString('latin1', at + 4, to);
    if (name === 'channels') list = { from: at + 4, to };
    at = to;
  }
  return { channels: list === undefined ? [] : channelsIn(head, list, partName), end: at + 1 };
}

/** A channel is its name, a zero and 16 bytes of type and sampling. */
function channelsIn(head: Buffer, { from, to }: { from: number; to: number }, partName: string): Channel[] {
  const channels: Channel[] = [];
  for (let at = from; at < to && head[at] !== 0; ) {
    const name = text(head, at);
    channels.push({ name, layer: layerOf(name, partName), lastLetter: at + name.length - 1 });
    at += name.length + 1 + 16;
  }
  return channels;
}

/** "depth" for "depth.Z"; the part's name; a lone "Pz" is a layer of its own; "" for the picture. */
function layerOf(channel: string, partName: string): string {
  const dot = channel.lastIndexOf('.');
  if (dot > 0) return channel.slice(0, dot);
  if (partName !== '' && !/^(?:rgba?|main|beauty)$/i.test(partName)) return partName;
  return BARE.has(channel) ? '' : channel;
}

function text(head: Buffer, at: number): string {
  const end = head.indexOf(0, at);
  if (end < 0) throw new RangeError('the header ends beyond what was read');
  return head.toString('latin1', at, end);
}
