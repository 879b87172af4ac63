/**
 * Decodes the lossy half of DWA. Colours are luminance and chroma (Rec. 709) on a perceptual curve instead of linear light.
 * Blocks of 8 x 8 pixels are cosine coefficients in half floats, run-coded in zigzag order. Pure.
 */
import { floatToHalf, HALF_TO_FLOAT } from '../../half.js';
import type { ChunkChannel } from '../chunk-layout.js';
import { DamagedChunk } from './damaged-chunk.js';

/** Reads the coefficients of one block after the other. */
export class BlockReader {
  private acAt = 0;
  private dcAt = 0;

  constructor(
    private readonly ac: Uint16Array,
    private readonly dc: Uint16Array,
  ) {}

  /** The first coefficients of a channel's blocks, which lie together. */
  takeFirst(blocks: number): Uint16Array {
    if (this.dcAt + blocks > this.dc.length) throw new DamagedChunk();
    this.dcAt += blocks;
    return this.dc.subarray(this.dcAt - blocks, this.dcAt);
  }

  /** Fills `block`, row by row, with all other coefficients; false = there are none. */
  readRest(block: Float32Array): boolean {
    let found = false;
    for (let place = 1; place < 64; ) {
      if (this.acAt >= this.ac.length) throw new DamagedChunk();
      const code = this.ac[this.acAt++] ?? 0;
      if (code === END_OF_BLOCK) break;
      if (code >> 8 === 0xff) {
        place += code & 0xff; // so many zeros
        continue;
      }
      block[ZIGZAG[place++] ?? 0] = HALF_TO_FLOAT[code] ?? 0;
      found = true;
    }
    return found;
  }
}

const END_OF_BLOCK = 0xff00;

/** Place in the block, row by row, of each coefficient in the order of the diagonals. */
const ZIGZAG: readonly number[] = Array.from({ length: 64 }, (_, i) => [i >> 3, i & 7] as const)
  .sort(([ay, ax], [by, bx]) => ay + ax - (by + bx) || ((ay + ax) % 2 === 0 ? (bx < ax ? 1 : -1) : ay - by))
  .map(([y, x]) => y * 8 + x);

/** @param channels red, green and blue, or one channel alone; all of the same size. */
export function readBlocks(channels: readonly ChunkChannel[], source: BlockReader, out: Uint8Array): void {
  const [first] = channels;
  if (first === undefined) return;
  const [across, down] = [Math.ceil(first.width / 8), Math.ceil(first.height / 8)];
  const firsts = channels.map(() => source.takeFirst(across * down));
  const blocks = channels.map(() => new Float32Array(64));
  // A single channel that is perceptually linear was stored as it is.
  const curve = channels.length === 1 && first.channel.linear ? IDENTITY : TO_LINEAR;
  for (let i = 0; i < across * down; i++) {
    for (const [c, block] of blocks.entries()) {
      block.fill(0);
      block[0] = HALF_TO_FLOAT[firsts[c]?.[i] ?? 0] ?? 0;
      if (source.readRest(block)) inverseCosines(block);
      else block.fill(Math.fround(Math.fround((block[0] ?? 0) * FLAT) * FLAT));
    }
    const [y, b, r] = blocks;
    if (y !== undefined && b !== undefined && r !== undefined) toRgb(y, b, r);
    const [x, line] = [(i % across) * 8, Math.floor(i / across) * 8];
    for (const [c, block] of blocks.entries()) write(block, channels[c] ?? first, curve, x, line, out);
  }
}

function write(
  block: Float32Array,
  { width, rows, size }: ChunkChannel,
  curve: Uint16Array,
  x: number,
  y: number,
  out: Uint8Array,
): void {
  const right = Math.min(8, width - x);
  const bottom = Math.min(8, rows.length - y);
  const view = new DataView(out.buffer, out.byteOffset, out.length);
  for (let line = 0; line < bottom; line++) {
    const row = (rows[y + line] ?? 0) + x * size;
    for (let column = 0; column < right; column++) {
      const half = curve[floatToHalf(block[line * 8 + column] ?? 0)] ?? 0;
      if (size === 2) view.setUint16(row + 2 * column, half, true);
      else view.setFloat32(row + 4 * column, HALF_TO_FLOAT[half] ?? 0, true);
    }
  }
}

/** Luminance and two differences -> red, green, blue, in place. */
function toRgb(luminance: Float32Array, blue: Float32Array, red: Float32Array): void {
  for (let i = 0; i < 64; i++) {
    const [y, b, r] = [luminance[i] ?? 0, blue[i] ?? 0, red[i] ?? 0];
    luminance[i] = y + 1.5747 * r;
    blue[i] = y - 0.1873 * b - 0.4682 * r;
    red[i] = y + 1.8556 * b;
  }
}

/** One over the root of 8: of a block that has its first coefficient only. */
const FLAT = Math.fround(0.3535536);
/** Pi as the writer has it. */
const PI = Math.fround(314_159 / 100_000);
const cosine = (part: number) => Math.fround(0.5 * Math.cos(Math.fround(part * PI)));
const [A, B, C, D, E, F, G] = [4 / 16, 1 / 16, 2 / 16, 3 / 16, 5 / 16, 6 / 16, 7 / 16].map(cosine) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

function inverseCosines(block: Float32Array): void {
  for (let row = 0; row < 64; row += 8) inverseLine(block, row, 1);
  for (let column = 0; column < 8; column++) inverseLine(block, column, 8);
}

function inverseLine(block: Float32Array, from: number, step: number): void {
  const at = (i: number) => block[from + i * step] ?? 0;
  const [s0, s1, s2, s3, s4, s5, s6, s7] = [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)];
  const odd0 = B * s1 + D * s3 + E * s5 + G * s7;
  const odd1 = D * s1 - G * s3 - B * s5 - E * s7;
  const odd2 = E * s1 - B * s3 + G * s5 + D * s7;
  const odd3 = G * s1 - E * s3 + D * s5 - B * s7;
  const sum = A * (s0 + s4);
  const difference = A * (s0 - s4);
  const near = C * s2 + F * s6;
  const far = F * s2 - C * s6;
  const [even0, even1, even2, even3] = [sum + near, difference + far, difference - far, sum - near];
  block[from] = even0 + odd0;
  block[from + step] = even1 + odd1;
  block[from + 2 * step] = even2 + odd2;
  block[from + 3 * step] = even3 + odd3;
  block[from + 4 * step] = even3 - odd3;
  block[from + 5 * step] = even2 - odd2;
  block[from + 6 * step] = even1 - odd1;
  block[from + 7 * step] = even0 - odd0;
}

const IDENTITY = Uint16Array.from({ length: 65_536 }, (_, half) => half);
const STEEPNESS = Math.E ** 2.2;

/** Half -> half: x to the power of 2.2 up to 1, exponential beyond it; NaN becomes 0. */
const TO_LINEAR = Uint16Array.from({ length: 65_536 }, (_, half) => {
  const value = HALF_TO_FLOAT[half] ?? 0;
  if (!Number.isFinite(value)) return 0;
  const size = Math.abs(value);
  const linear = size <= 1 ? size ** 2.2 : STEEPNESS ** (size - 1);
  return floatToHalf(Math.sign(value) * linear);
});
