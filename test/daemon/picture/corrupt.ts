/** Seeded damage to valid files: what disks, networks, killed renders and strangers do to pictures. */
import { seededRandom } from '../../support/random.js';
import { type Attribute, type ExrFields, fieldsOf } from './exr-fields.js';

/** Numbers that a length, an offset or a corner should not be. */
const BAD_WORDS = [0, 1, 2, 7, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x40000000];

class Dice {
  private readonly roll: () => number;

  constructor(seed: number) {
    this.roll = seededRandom(seed);
  }

  below(limit: number): number {
    return Math.floor(this.roll() * limit);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }

  word(): number {
    return this.below(3) === 0 ? this.below(2 ** 32) : this.pick(BAD_WORDS);
  }
}

type Damage = (file: Buffer, dice: Dice) => Buffer;
type ExrDamage = (file: Buffer, fields: ExrFields, dice: Dice) => Buffer;

/** One to three kinds of damage to one file; the same for the same seed. `kinds` says which, for the report. */
export function corrupt(valid: Buffer, seed: number): { readonly bytes: Buffer; readonly kinds: readonly string[] } {
  const dice = new Dice(seed);
  const isExr = valid.length > 8 && valid.readUInt32LE(0) === 20000630;
  let bytes: Buffer = Buffer.from(valid);
  const kinds: string[] = [];
  const structural = Object.entries(OF_EXR);
  const blind = Object.entries(OF_ANY);
  const times = 1 + (dice.below(3) === 0 ? dice.below(3) : 0);
  for (let time = 0; time < times; time++) {
    // Fields can be found only as long as nothing has moved.
    if (isExr && time === 0 && dice.below(4) > 0) {
      const [kind, damage] = dice.pick(structural);
      bytes = damage(bytes, fieldsOf(bytes), dice);
      kinds.push(kind);
    } else {
      const [kind, damage] = dice.pick(blind);
      bytes = damage(bytes, dice);
      kinds.push(kind);
    }
  }
  return { bytes, kinds };
}

const OF_ANY: Readonly<Record<string, Damage>> = {
  'bits flipped': (file, dice) => flip(file, dice, 0, file.length, 1 + dice.below(24)),
  'bits of the head flipped': (file, dice) => flip(file, dice, 0, Math.min(400, file.length), 1 + dice.below(4)),
  'cut off': (file, dice) => file.subarray(0, dice.below(file.length)),
  'end cut off': (file, dice) => file.subarray(0, Math.max(0, file.length - 1 - dice.below(64))),
  'a page of zeros': (file, dice) => {
    const from = dice.below(file.length);
    return file.fill(dice.pick([0, 0xff]), from, Math.min(file.length, from + dice.pick([1, 16, 512, 4096])));
  },
  'a piece lost': (file, dice) => {
    const from = dice.below(file.length);
    return Buffer.concat([file.subarray(0, from), file.subarray(from + 1 + dice.below(512))]);
  },
  'a piece twice': (file, dice) => {
    const from = dice.below(file.length);
    return Buffer.concat([file.subarray(0, from + dice.below(512)), file.subarray(from)]);
  },
  'a word replaced': (file, dice) => writeWord(file, dice.below(Math.max(1, file.length - 4)), dice.word()),
};

const OF_EXR: Readonly<Record<string, ExrDamage>> = {
  'size of an attribute': (file, { attributes }, dice) => writeWord(file, dice.pick(attributes).sizeAt, dice.word()),
  'value of an attribute': (file, { attributes }, dice) => {
    const { valueAt, end } = dice.pick(attributes);
    return flip(file, dice, valueAt, Math.max(valueAt + 1, end), 1 + dice.below(4));
  },
  'name of an attribute': (file, { attributes }, dice) => {
    const { at, sizeAt } = dice.pick(attributes);
    return flip(file, dice, at, sizeAt, 1);
  },
  'an attribute twice': (file, { attributes }, dice) => repeat(file, dice.pick(attributes), 1 + dice.below(3)),
  'an attribute missing': (file, { attributes }, dice) => {
    const { at, end } = dice.pick(attributes);
    return Buffer.concat([file.subarray(0, at), file.subarray(end)]);
  },
  'a corner of a window': (file, { attributes }, dice) => {
    const window = dice.pick(named(attributes, 'dataWindow', 'displayWindow'));
    return writeWord(file, window.valueAt + 4 * dice.below(4), dice.word());
  },
  'a window': (file, { attributes }, dice) => {
    const { valueAt } = dice.pick(named(attributes, 'dataWindow', 'displayWindow'));
    const corners = dice.pick(WINDOWS);
    for (const [index, corner] of corners.entries()) file.writeInt32LE(corner, valueAt + 4 * index);
    return file;
  },
  compression: (file, { attributes }, dice) => {
    const { valueAt } = dice.pick(named(attributes, 'compression'));
    file[valueAt] = dice.below(3) === 0 ? dice.below(256) : dice.below(12);
    return file;
  },
  'channel list': (file, { attributes }, dice) => {
    const { valueAt, end } = dice.pick(named(attributes, 'channels'));
    return flip(file, dice, valueAt, end, 1 + dice.below(6));
  },
  'ten thousand channels': (file, { attributes }, dice) => {
    const { sizeAt, end } = dice.pick(named(attributes, 'channels'));
    const count = dice.pick([300, 4_097, 10_000]);
    const facts = Buffer.from([dice.below(3), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
    const list = Array.from({ length: count }, (_, index) => [Buffer.from(`c${index}\0`), facts]).flat();
    const value = Buffer.concat([...list, Buffer.alloc(1)]);
    return Buffer.concat([writeWord(file, sizeAt, value.length).subarray(0, sizeAt + 4), value, file.subarray(end)]);
  },
  'size of tiles': (file, { attributes }, dice) => {
    const tiles = named(attributes, 'tiles');
    if (tiles.length === 0) return writeWord(file, 4, dice.word());
    return writeWord(file, dice.pick(tiles).valueAt + dice.pick([0, 4, 5]), dice.word());
  },
  'count of chunks': (file, { attributes }, dice) => {
    const counts = named(attributes, 'chunkCount');
    return counts.length === 0
      ? writeWord(file, 4, dice.word())
      : writeWord(file, dice.pick(counts).valueAt, dice.word());
  },
  'version and flags': (file, _fields, dice) => flip(file, dice, 4, 8, 1 + dice.below(3)),
  'many parts': (file, { attributes }, dice) => {
    const [first, last] = [attributes[0], attributes.at(-1)];
    if (first === undefined || last === undefined) return file;
    const header = Buffer.concat([file.subarray(first.at, last.end), Buffer.alloc(1)]);
    const headers = Array.from({ length: dice.pick([2, 60, 1_100]) }, () => header);
    file[5] = (file[5] ?? 0) | 0x10;
    return Buffer.concat([file.subarray(0, 8), ...headers, Buffer.alloc(1), file.subarray(last.end + 1)]);
  },
  'an offset': (file, { entries, chunks, attributes }, dice) => {
    const entry = dice.pick(entries);
    const anywhere = [0, 4, entry, attributes[0]?.at ?? 8, file.length, file.length - 1, file.length - 9];
    const offset = dice.pick<number | bigint>([
      ...anywhere,
      dice.pick(chunks).at + 1,
      2n ** 63n,
      2n ** 64n - 1n,
      2n ** 53n,
    ]);
    file.writeBigUInt64LE(BigInt(offset), entry);
    return file;
  },
  'all offsets to the table': (file, { entries }) => {
    for (const entry of entries) file.writeBigUInt64LE(BigInt(entries[0] ?? 0), entry);
    return file;
  },
  'all offsets to one chunk': (file, { entries, chunks }, dice) => {
    const { at } = dice.pick(chunks);
    for (const entry of entries) file.writeBigUInt64LE(BigInt(at), entry);
    return file;
  },
  'no offsets yet': (file, { entries }, dice) => {
    for (const entry of entries.slice(dice.below(entries.length))) file.writeBigUInt64LE(0n, entry);
    return file;
  },
  'chunks swapped': (file, { entries }, dice) => {
    const [a, b] = [dice.pick(entries), dice.pick(entries)];
    const kept = file.readBigUInt64LE(a);
    file.writeBigUInt64LE(file.readBigUInt64LE(b), a);
    file.writeBigUInt64LE(kept, b);
    return file;
  },
  'head of a chunk': (file, { chunks }, dice) => {
    const { at, sizeAt } = dice.pick(chunks);
    return writeWord(file, at + 4 * dice.below((sizeAt - at) / 4), dice.word());
  },
  'size of a chunk': (file, { chunks }, dice) => {
    const { sizeAt } = dice.pick(chunks);
    const near = file.readUInt32LE(sizeAt) + dice.pick([-1, 1, -16, 16]);
    return writeWord(file, sizeAt, dice.below(3) === 0 ? near : dice.word());
  },
  'begin of a chunk': (file, { chunks }, dice) => {
    const { sizeAt } = dice.pick(chunks);
    return flip(file, dice, sizeAt + 4, Math.min(file.length, sizeAt + 4 + 110), 1 + dice.below(8));
  },
  'a number inside a chunk': (file, { chunks }, dice) => {
    const { sizeAt } = dice.pick(chunks);
    return writeWord(file, sizeAt + 4 + 4 * dice.below(24), dice.word());
  },
  'inside of a chunk': (file, { chunks }, dice) => {
    const { sizeAt } = dice.pick(chunks);
    const end = Math.min(file.length, sizeAt + 4 + file.readUInt32LE(sizeAt));
    return flip(file, dice, sizeAt + 4, Math.max(sizeAt + 5, end), 1 + dice.below(12));
  },
};

/** Huge, empty, turned round, beyond whole numbers of 32 bits, and 8192 squared, which is still read. */
const WINDOWS: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 2 ** 31 - 1, 2 ** 31 - 1],
  [-(2 ** 31), -(2 ** 31), 2 ** 31 - 1, 2 ** 31 - 1],
  [0, 0, 100_000, 100_000],
  [0, 0, 8191, 8191],
  [0, 0, 2 ** 30, 0],
  [0, 0, 0, 2 ** 30],
  [0, 0, -1, -1],
  [5, 5, 4, 4],
  [2 ** 31 - 1, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31)],
  [2 ** 31 - 10, 2 ** 31 - 10, 2 ** 31 - 1, 2 ** 31 - 1],
];

function named(attributes: readonly Attribute[], ...names: readonly string[]): Attribute[] {
  return attributes.filter(({ name }) => names.includes(name));
}

function flip(file: Buffer, dice: Dice, from: number, end: number, times: number): Buffer {
  for (let time = 0; time < times; time++) {
    const at = from + dice.below(Math.max(1, end - from));
    if (at < file.length) file[at] = (file[at] ?? 0) ^ (1 << dice.below(8));
  }
  return file;
}

function writeWord(file: Buffer, at: number, word: number): Buffer {
  if (at >= 0 && at + 4 <= file.length) file.writeUInt32LE(word >>> 0, at);
  return file;
}

function repeat(file: Buffer, { at, end }: Attribute, times: number): Buffer {
  const own = file.subarray(at, end);
  return Buffer.concat([file.subarray(0, end), ...Array.from({ length: times }, () => own), file.subarray(end)]);
}
