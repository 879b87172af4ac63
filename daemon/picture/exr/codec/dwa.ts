/**
 * DWAA and DWAB (ImfDwaCompressor.cpp): colours as half floats through a JPEG-like transform of 8 x 8 blocks
 * (dwa-blocks.ts), alpha in run lengths, everything else in zlib. Rules in the chunk say by a channel's
 * name how it is stored. Pure.
 */
import type { ChunkChannel, ChunkLayout } from '../chunk-layout.js';
import { DamagedChunk } from './damaged-chunk.js';
import { BlockReader, readBlocks } from './dwa-blocks.js';
import { LEGACY_RULES, type Rule, type Scheme, STANDARD_RULES } from './dwa-rules.js';
import { unhuffman } from './huffman.js';
import { unrle } from './rle.js';
import { inflate, unpredict } from './zip.js';

/** Eleven numbers of 64 bits begin a chunk. */
const HEAD = 88;

interface Sizes {
  readonly version: number;
  /** Bytes before and after compression, or numbers of 16 bits. */
  readonly plain: number;
  readonly plainPacked: number;
  readonly acPacked: number;
  readonly dcPacked: number;
  readonly rlePacked: number;
  readonly rleRuns: number;
  readonly rle: number;
  readonly acCount: number;
  readonly dcCount: number;
  /** True = zlib, false = Huffman code. */
  readonly acInZlib: boolean;
}

export function undwa(packed: Uint8Array, layout: ChunkLayout): Uint8Array {
  const sizes = sizesOf(packed, layout);
  const { rules, end } = sizes.version < 2 ? { rules: LEGACY_RULES, end: HEAD } : rulesIn(packed);
  const source = new Pieces(packed, end);
  const out = new Uint8Array(layout.bytes);
  const plainBytes = source.take(sizes.plainPacked);
  const acBytes = source.take(sizes.acPacked);
  const dcBytes = source.take(sizes.dcPacked);
  const rleBytes = source.take(sizes.rlePacked);
  const plan = planOf(layout.channels, rules);
  const blocks = new BlockReader(acOf(acBytes, sizes), dcOf(dcBytes, sizes));
  for (const set of plan.lossy) readBlocks(set, blocks, out);
  if (plan.plain.length > 0) copyPlain(plan.plain, inflate(plainBytes, sizes.plain), out);
  if (plan.rle.length > 0) copyRle(plan.rle, unrle(inflate(rleBytes, sizes.rleRuns), sizes.rle), out);
  return out;
}

function sizesOf(packed: Uint8Array, { bytes }: ChunkLayout): Sizes {
  if (packed.length < HEAD) throw new DamagedChunk();
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const number = (index: number): number => {
    const value = Number(view.getBigUint64(8 * index, true));
    // No part can be larger than this; a damaged length must not make us allocate memory.
    if (value > 8 * bytes + 65_536) throw new DamagedChunk();
    return value;
  };
  return {
    version: number(0),
    plain: number(1),
    plainPacked: number(2),
    acPacked: number(3),
    dcPacked: number(4),
    rlePacked: number(5),
    rleRuns: number(6),
    rle: number(7),
    acCount: number(8),
    dcCount: number(9),
    acInZlib: number(10) === 1,
  };
}

/** Takes one piece after the other. */
class Pieces {
  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new DamagedChunk();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** Rules of the chunk: their length in bytes with these two, then each as suffix, zero, how, type. */
function rulesIn(packed: Uint8Array): { rules: readonly Rule[]; end: number } {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (bytes.length < HEAD + 2) throw new DamagedChunk();
  const end = HEAD + bytes.readUInt16LE(HEAD);
  if (end < HEAD + 2 || end > bytes.length) throw new DamagedChunk();
  const rules: Rule[] = [];
  for (let at = HEAD + 2; at < end; ) {
    const zero = bytes.indexOf(0, at);
    if (zero < 0 || zero + 2 >= end) throw new DamagedChunk();
    const how = bytes.readUInt8(zero + 1);
    const scheme = (['plain', 'lossy', 'rle'] as const)[(how >> 2) & 3];
    const type = (['uint', 'half', 'float'] as const)[bytes.readUInt8(zero + 2)];
    if (scheme === undefined || type === undefined) throw new DamagedChunk();
    rules.push({
      suffix: bytes.toString('latin1', at, zero),
      scheme,
      type,
      color: (how >> 4) - 1,
      anyCase: (how & 1) !== 0,
    });
    at = zero + 3;
  }
  return { rules: rules.length === 0 ? STANDARD_RULES : rules, end };
}

interface DwaPlan {
  /** Red, green and blue together, or one channel alone, in the order in which their blocks lie. */
  readonly lossy: readonly (readonly ChunkChannel[])[];
  readonly plain: readonly ChunkChannel[];
  readonly rle: readonly ChunkChannel[];
}

/** Colour triples come first, by the prefix of their names in alphabetical order; then the rest as in the header. */
function planOf(channels: readonly ChunkChannel[], rules: readonly Rule[]): DwaPlan {
  const schemes = new Map<ChunkChannel, Scheme>();
  const triples = new Map<string, (ChunkChannel | undefined)[]>();
  for (const channel of channels) {
    const { name, type } = channel.channel;
    const dot = name.lastIndexOf('.') + 1;
    const [prefix, suffix] = [name.slice(0, dot), name.slice(dot)];
    const rule = rules.find((one) => {
      const same = one.anyCase ? one.suffix.toLowerCase() === suffix.toLowerCase() : one.suffix === suffix;
      return same && one.type === type;
    });
    schemes.set(channel, rule?.scheme ?? 'plain');
    if (rule === undefined || rule.color < 0) continue;
    const triple = triples.get(prefix) ?? [undefined, undefined, undefined];
    triple[rule.color] = channel;
    triples.set(prefix, triple);
  }
  const sets = [...triples]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, triple]) => triple.filter((one) => one !== undefined));
  const together = sets.filter((set) => set.length === 3 && set.every((one) => isSameGrid(one, set[0] ?? one)));
  const inSets = new Set(together.flat());
  const alone = channels.filter((one) => schemes.get(one) === 'lossy' && !inSets.has(one)).map((one) => [one]);
  return {
    lossy: [...together, ...alone],
    plain: channels.filter((one) => schemes.get(one) === 'plain'),
    rle: channels.filter((one) => schemes.get(one) === 'rle'),
  };
}

function isSameGrid({ channel: a }: ChunkChannel, { channel: b }: ChunkChannel): boolean {
  return a.xSampling === b.xSampling && a.ySampling === b.ySampling;
}

function acOf(packed: Uint8Array, { acCount, acInZlib }: Sizes): Uint16Array {
  if (acCount === 0) return new Uint16Array(0);
  return acInZlib ? words(inflate(packed, acCount * 2)) : unhuffman(packed, acCount);
}

function dcOf(packed: Uint8Array, { dcCount }: Sizes): Uint16Array {
  return dcCount === 0 ? new Uint16Array(0) : words(unpredict(inflate(packed, dcCount * 2)));
}

function words(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(new Uint8Array(bytes).buffer); // a copy: slice() of a Buffer is none
}

function copyPlain(channels: readonly ChunkChannel[], bytes: Uint8Array, out: Uint8Array): void {
  const source = new Pieces(bytes, 0);
  for (const { width, size, rows } of channels) for (const row of rows) out.set(source.take(width * size), row);
}

/** Each channel in as many planes as its samples have bytes. */
function copyRle(channels: readonly ChunkChannel[], bytes: Uint8Array, out: Uint8Array): void {
  const source = new Pieces(bytes, 0);
  for (const { width, height, size, rows } of channels) {
    const planes = Array.from({ length: size }, () => source.take(width * height));
    for (const [y, row] of rows.entries()) {
      for (const [byte, plane] of planes.entries()) {
        for (let x = 0; x < width; x++) out[row + x * size + byte] = plane[y * width + x] ?? 0;
      }
    }
  }
}
