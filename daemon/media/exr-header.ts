/**
 * The headers of an OpenEXR file: magic, version, one header a part, each a list of attributes (name, type, size,
 * value) that an empty name ends ("OpenEXR File Layout" of the OpenEXR documentation).
 */

export interface ExrHeader {
  readonly parts: readonly ExrPart[];
  readonly multiPart: boolean;
  /** Samples of varying depth; the lengths of their chunks lie elsewhere. */
  readonly deep: boolean;
  /** Byte after the last header, where the offset tables begin. */
  readonly end: number;
}

export interface ExrPart {
  /** Pixels of the display window, as ffmpeg decodes it; renderers crop the data window to what is not empty. */
  readonly width: number;
  readonly height: number;
  readonly channels: readonly ExrChannel[];
  readonly tiled: boolean;
  /** Entries of the offset table. */
  readonly chunks: number;
}

export interface ExrChannel {
  readonly name: string;
  /** "depth" for "depth.Z", the part's name, the channel itself for a lone "Pz", "" for the picture's own R, G, B. */
  readonly layer: string;
  /** Byte of the last letter of its name in the file. */
  readonly lastLetter: number;
}

interface Attribute {
  readonly value: Buffer;
  /** Byte of the file at which the value begins. */
  readonly at: number;
}
type Attributes = ReadonlyMap<string, Attribute>;

const MAGIC = 20000630;
/** Bytes read first; headers with long metadata are read again, larger. */
const FIRST_HEAD = 64 * 1024;
const LARGEST_HEAD = 16 * 2 ** 20;
/** Version flags: more than one part, or deep samples. */
const MULTI_PART = 0x1000;
const DEEP = 0x800;
/** Lines of one chunk by the value of the "compression" attribute: none, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, ... */
const LINES = [1, 1, 1, 16, 32, 16, 32, 32, 32, 256];
/** Channels that belong to the image itself and not to a render var: colour, luminance, alpha. */
const BARE = new Set(['R', 'G', 'B', 'A', 'Y', 'RY', 'BY']);

/**
 * @param readHead gives the first `length` bytes of the file, or all of a shorter one.
 * @returns "foreign" for a file that is no EXR, "cut off" for one that ends within its header.
 */
export async function readExrHeader(
  readHead: (length: number) => Promise<Buffer>,
): Promise<ExrHeader | 'foreign' | 'cut off'> {
  for (let size = FIRST_HEAD; size <= LARGEST_HEAD; size *= 4) {
    const head = await readHead(size);
    if (head.length < 8 || head.readUInt32LE(0) !== MAGIC) return 'foreign';
    const header = parse(head);
    if (header !== undefined) return header;
    if (head.length < size) break; // that was the whole file
  }
  return 'cut off';
}

/** undefined when the buffer ends before the headers do. */
function parse(head: Buffer): ExrHeader | undefined {
  const flags = head.readUInt32LE(4);
  const multiPart = (flags & MULTI_PART) !== 0;
  const reader = new AttributeReader(head, 8);
  const parts: ExrPart[] = [];
  try {
    do {
      const attributes = reader.readAttributes();
      if (attributes.size === 0) break; // multi-part: an empty header ends the list
      parts.push(toPart(attributes));
    } while (multiPart);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // read past the buffer: there is more to read, or nothing
    throw error;
  }
  return { parts, multiPart, deep: (flags & DEEP) !== 0, end: reader.at };
}

/** Walks the headers; every method moves `at`. */
class AttributeReader {
  constructor(
    private readonly head: Buffer,
    public at: number,
  ) {}

  readAttributes(): Attributes {
    const attributes = new Map<string, Attribute>();
    for (let name = this.readName(); name !== ''; name = this.readName()) {
      this.readName(); // the type: known by the name
      const size = this.head.readUInt32LE(this.at);
      const at = this.at + 4;
      if (at + size > this.head.length) throw new RangeError(`attribute ${name} ends beyond the buffer`);
      attributes.set(name, { value: this.head.subarray(at, at + size), at });
      this.at = at + size;
    }
    return attributes;
  }

  private readName(): string {
    const end = this.head.indexOf(0, this.at);
    if (end < 0) throw new RangeError('a name without end');
    const name = this.head.toString('latin1', this.at, end);
    this.at = end + 1;
    return name;
  }
}

function toPart(attributes: Attributes): ExrPart {
  const data = windowOf(attributes, 'dataWindow');
  const { width, height } = attributes.has('displayWindow') ? windowOf(attributes, 'displayWindow') : data;
  const chunks = attributes.get('chunkCount')?.value.readUInt32LE(0) ?? countChunks(attributes, data);
  return { width, height, channels: channelsOf(attributes), tiled: attributes.has('tiles'), chunks };
}

/** A window is xMin, yMin, xMax, yMax, the last two included. */
function windowOf(attributes: Attributes, name: string): { width: number; height: number } {
  const box = attributes.get(name)?.value ?? Buffer.alloc(16);
  return {
    width: box.readInt32LE(8) - box.readInt32LE(0) + 1,
    height: box.readInt32LE(12) - box.readInt32LE(4) + 1,
  };
}

function countChunks(attributes: Attributes, { width, height }: { width: number; height: number }): number {
  const tiles = attributes.get('tiles')?.value;
  if (tiles === undefined) return Math.ceil(height / (LINES[attributes.get('compression')?.value[0] ?? 0] ?? 1));
  const levels = tiles.readUInt8(8) & 0x0f;
  // Mip and rip maps have more tiles, after these; the first level is what we read anyway.
  return levels > 2 ? 0 : Math.ceil(width / tiles.readUInt32LE(0)) * Math.ceil(height / tiles.readUInt32LE(4));
}

/** A channel is its name, a zero and 16 bytes of type and sampling; an empty name ends the list. */
function channelsOf(attributes: Attributes): ExrChannel[] {
  const list = attributes.get('channels');
  if (list === undefined) return [];
  const partName = attributes.get('name')?.value.toString('latin1') ?? '';
  const channels: ExrChannel[] = [];
  for (let at = 0; at < list.value.length && list.value[at] !== 0; ) {
    const end = list.value.indexOf(0, at);
    if (end < 0) break;
    const name = list.value.toString('latin1', at, end);
    channels.push({ name, layer: layerOf(name, partName), lastLetter: list.at + end - 1 });
    at = end + 1 + 16;
  }
  return channels;
}

function layerOf(channel: string, partName: string): string {
  const dot = channel.lastIndexOf('.');
  if (dot > 0) return channel.slice(0, dot);
  if (partName !== '' && !/^(?:rgba?|main|beauty)$/i.test(partName)) return partName;
  return BARE.has(channel) ? '' : channel;
}
