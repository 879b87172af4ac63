/**
 * The Huffman code of PIZ and DWA (ImfHuf.cpp): canonical, of 16-bit symbols, code lengths of up to 58 bits, and one
 * symbol beyond the used ones that repeats the last output. Pure.
 */
import { DamagedChunk } from './damaged-chunk.js';

const SYMBOLS = 65_537;
/** Six bits give a code length, or from 59 on a run of symbols without code. */
const LONGEST = 58;
const SHORT_RUN = 59;
const LONG_RUN = 63;
const SHORTEST_LONG_RUN = 6;
/** Codes up to this long are looked up at once. */
const TABLE_BITS = 14;
/** Beyond it a number holds no code exactly; a code this long needs more samples than a chunk can have. */
const MOST_BITS = 50;

/** @throws DamagedChunk unless exactly `count` symbols come out. */
export function unhuffman(packed: Uint8Array, count: number): Uint16Array {
  const out = new Uint16Array(count);
  if (count === 0) return out;
  if (packed.length < 20) throw new DamagedChunk();
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const [first, last, bits] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(12, true)];
  if (first >= SYMBOLS || last >= SYMBOLS || first > last) throw new DamagedChunk();
  const lengths = new Uint8Array(SYMBOLS);
  const from = readLengths(packed, 20, first, last, lengths);
  if (bits > (packed.length - from) * 8) throw new DamagedChunk();
  decode(packed.subarray(from, from + Math.ceil(bits / 8)), new Code(lengths, first, last), last, out);
  return out;
}

/** Fills `lengths`; the answer is the byte after the table. */
function readLengths(packed: Uint8Array, from: number, first: number, last: number, lengths: Uint8Array): number {
  let at = from;
  let held = 0;
  let heldBits = 0;
  const read = (bits: number): number => {
    while (heldBits < bits) {
      if (at >= packed.length) throw new DamagedChunk();
      held = ((held << 8) | (packed[at++] ?? 0)) & 0xffffff;
      heldBits += 8;
    }
    heldBits -= bits;
    return (held >> heldBits) & ((1 << bits) - 1);
  };
  for (let symbol = first; symbol <= last; ) {
    const length = read(6);
    if (length <= LONGEST) {
      lengths[symbol++] = length;
      continue;
    }
    const run = length === LONG_RUN ? read(8) + SHORTEST_LONG_RUN : length - SHORT_RUN + 2;
    if (symbol + run > last + 1) throw new DamagedChunk();
    symbol += run;
  }
  return at;
}

/** Codes by length: the longest ones have the smallest values, and codes of one length ascend with their symbols. */
class Code {
  /** By the next 14 bits: symbol * 64 + length of its code; 0 = the code is longer, or there is none. */
  readonly table = new Uint32Array(1 << TABLE_BITS);
  /** By length: the smallest code, how many there are, and where their symbols begin in `symbols`. */
  readonly smallest = new Float64Array(LONGEST + 1);
  readonly counts = new Uint32Array(LONGEST + 1);
  readonly starts = new Uint32Array(LONGEST + 1);
  readonly symbols: Uint32Array;

  constructor(lengths: Uint8Array, first: number, last: number) {
    for (let symbol = first; symbol <= last; symbol++) {
      const length = lengths[symbol] ?? 0;
      if (length > MOST_BITS) throw new DamagedChunk();
      if (length > 0) this.counts[length] = (this.counts[length] ?? 0) + 1;
    }
    this.symbols = new Uint32Array(this.number());
    const next = this.starts.slice();
    for (let symbol = first; symbol <= last; symbol++) {
      const length = lengths[symbol] ?? 0;
      if (length === 0) continue;
      const place = next[length] ?? 0;
      this.symbols[place] = symbol;
      next[length] = place + 1;
      if (length <= TABLE_BITS) this.enter(symbol, length, place - (this.starts[length] ?? 0));
    }
  }

  /** Gives every length its smallest code; the answer is how many codes there are. */
  private number(): number {
    let code = 0;
    let codes = 0;
    for (let length = LONGEST; length > 0; length--) {
      const count = this.counts[length] ?? 0;
      this.smallest[length] = code;
      this.starts[length] = codes;
      codes += count;
      if (code + count > 2 ** length) throw new DamagedChunk();
      code = Math.floor((code + count) / 2);
    }
    return codes;
  }

  private enter(symbol: number, length: number, index: number): void {
    const code = (this.smallest[length] ?? 0) + index;
    const from = code << (TABLE_BITS - length);
    this.table.fill(symbol * 64 + length, from, from + (1 << (TABLE_BITS - length)));
  }
}

function decode(packed: Uint8Array, code: Code, repeat: number, out: Uint16Array): void {
  const { table, smallest, counts, starts, symbols } = code;
  const end = packed.length * 8;
  let filled = 0;
  /** Bit of the input; the next 24 bits from it on are looked at, past the end they are 0. */
  let at = 0;
  while (filled < out.length) {
    const byte = at >> 3;
    const ahead = ((packed[byte] ?? 0) << 16) | ((packed[byte + 1] ?? 0) << 8) | (packed[byte + 2] ?? 0);
    const entry = table[(ahead >> (10 - (at & 7))) & 0x3fff] ?? 0;
    let symbol: number;
    if (entry !== 0) {
      symbol = entry >>> 6;
      at += entry & 63;
    } else {
      let length = 0;
      let value = 0;
      do {
        if (length === MOST_BITS) throw new DamagedChunk();
        const bit = at + length;
        value = value * 2 + (((packed[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
        length++;
      } while (counts[length] === 0 || value < (smallest[length] ?? 0));
      const index = value - (smallest[length] ?? 0);
      if (index >= (counts[length] ?? 0)) throw new DamagedChunk();
      symbol = symbols[(starts[length] ?? 0) + index] ?? 0;
      at += length;
    }
    if (at > end) throw new DamagedChunk();
    if (symbol !== repeat) {
      out[filled++] = symbol;
      continue;
    }
    const byteAt = at >> 3;
    const run = ((((packed[byteAt] ?? 0) << 8) | (packed[byteAt + 1] ?? 0)) >> (8 - (at & 7))) & 255;
    at += 8;
    if (filled === 0 || filled + run > out.length || at > end) throw new DamagedChunk();
    out.fill(out[filled - 1] ?? 0, filled, filled + run);
    filled += run;
  }
}
