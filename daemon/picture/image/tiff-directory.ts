/** The first directory of a TIFF file: its tags and their numbers (TIFF 6.0, section 2). */
import type { FileBytes } from '../bytes.js';

/** Values of all tags that are read: a picture has two for each of its strips, which may be of one line each. */
const MOST_VALUES = 1 << 21;
const MOST_PAGES = 1000;
/** Type -> bytes of one value; only whole numbers are needed. */
const TYPE_BYTES: Readonly<Record<number, 1 | 2 | 4>> = { 1: 1, 3: 2, 4: 4 };

export interface TiffDirectory {
  /** All numbers of a tag; empty when it is not there. */
  all(tag: number): readonly number[];
  /** Its first number. */
  one(tag: number): number | undefined;
  /** Directories in the file, which are pages. */
  readonly pages: number;
}

/** @throws RangeError when the file ends within its directory. */
export async function readTiffDirectory(bytes: FileBytes, big: boolean): Promise<TiffDirectory> {
  const reader = new NumberReader(bytes, big);
  const first = await reader.number(4, 4);
  const tags = await readTags(reader, first);
  return {
    all: (tag) => tags.get(tag) ?? [],
    one: (tag) => tags.get(tag)?.[0],
    pages: await countPages(reader, first),
  };
}

class NumberReader {
  constructor(
    private readonly bytes: FileBytes,
    private readonly big: boolean,
  ) {}

  async number(at: number, size: 1 | 2 | 4): Promise<number> {
    const [value = 0] = await this.numbers(at, size, 1);
    return value;
  }

  async numbers(at: number, size: 1 | 2 | 4, count: number): Promise<number[]> {
    const read = await this.bytes.at(at, size * count);
    if (read.length < size * count) throw new RangeError('the directory ends beyond the file');
    return Array.from({ length: count }, (_, i) => {
      return this.big ? read.readUIntBE(i * size, size) : read.readUIntLE(i * size, size);
    });
  }
}

async function readTags(reader: NumberReader, directory: number): Promise<Map<number, number[]>> {
  const tags = new Map<number, number[]>();
  const entries = await reader.number(directory, 2);
  let left = MOST_VALUES;
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i;
    const [tag = 0, type = 0] = await reader.numbers(at, 2, 2);
    const size = TYPE_BYTES[type];
    const count = await reader.number(at + 4, 4);
    if (size === undefined || count > left) continue;
    left -= count;
    // Four bytes of values lie in the entry itself, more of them elsewhere.
    tags.set(tag, await reader.numbers(size * count <= 4 ? at + 8 : await reader.number(at + 8, 4), size, count));
  }
  return tags;
}

async function countPages(reader: NumberReader, first: number): Promise<number> {
  const seen = new Set<number>();
  for (let at = first; at !== 0 && !seen.has(at) && seen.size < MOST_PAGES; ) {
    seen.add(at);
    at = await reader.number(at + 2 + 12 * (await reader.number(at, 2)), 4);
  }
  return seen.size;
}
