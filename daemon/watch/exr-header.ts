/** The header attributes of an EXR file that say how big it is, what is in it and how many chunks it must have. */

export interface ExrPart {
  /** Pixels of the display window, as ffmpeg decodes it; renderers crop the data window to what is not empty. */
  readonly width: number;
  readonly height: number;
  /** Layer of every channel: "depth" for "depth.Z", the channel itself for a lone "Pz", "" for bare R, G, B. */
  readonly layers: readonly string[];
  readonly tiled: boolean;
  /** Entries of the offset table. */
  readonly chunks: number;
}

/** Lines of one chunk by the value of the "compression" attribute: none, RLE, ZIPS, ZIP, PIZ, PXR24, B44, B44A, ... */
const LINES = [1, 1, 1, 16, 32, 16, 32, 32, 32, 256];
/** Channels that belong to the image itself and not to a render var: colour, luminance, alpha. */
const BARE = new Set(['R', 'G', 'B', 'A', 'Y', 'RY', 'BY']);

/** Walks the headers; every method moves `at`. */
export class ExrHeaderReader {
  constructor(
    private readonly head: Buffer,
    private at: number,
  ) {}

  /** All parts and the byte after the last header; null when the buffer ends before the header does. */
  readParts(multiPart: boolean): { parts: ExrPart[]; end: number } | null {
    const parts: ExrPart[] = [];
    try {
      do {
        const attributes = this.readAttributes();
        if (attributes.size === 0) break; // multi-part: an empty header ends the list
        parts.push(toPart(attributes));
      } while (multiPart);
    } catch (error) {
      if (error instanceof RangeError) return null; // read past the buffer: there is more to read, or nothing
      throw error;
    }
    return { parts, end: this.at };
  }

  private readAttributes(): Map<string, Buffer> {
    const attributes = new Map<string, Buffer>();
    for (let name = this.readName(); name !== ''; name = this.readName()) {
      this.readName(); // the type: known by the name
      const size = this.head.readUInt32LE(this.at);
      const from = this.at + 4;
      if (from + size > this.head.length) throw new RangeError(`attribute ${name} ends beyond the buffer`);
      attributes.set(name, this.head.subarray(from, from + size));
      this.at = from + size;
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

function toPart(attributes: ReadonlyMap<string, Buffer>): ExrPart {
  const data = windowOf(attributes, 'dataWindow');
  const { width, height } = attributes.has('displayWindow') ? windowOf(attributes, 'displayWindow') : data;
  const chunks = attributes.get('chunkCount')?.readUInt32LE(0) ?? countChunks(attributes, data.width, data.height);
  const partName = attributes.get('name')?.toString('latin1') ?? '';
  const layers = layersOf(attributes.get('channels') ?? Buffer.alloc(1), partName);
  return { width, height, layers, tiled: attributes.has('tiles'), chunks };
}

/** A window is xMin, yMin, xMax, yMax, the last two included. */
function windowOf(attributes: ReadonlyMap<string, Buffer>, name: string): { width: number; height: number } {
  const box = attributes.get(name) ?? Buffer.alloc(16);
  return {
    width: box.readInt32LE(8) - box.readInt32LE(0) + 1,
    height: box.readInt32LE(12) - box.readInt32LE(4) + 1,
  };
}

function countChunks(attributes: ReadonlyMap<string, Buffer>, width: number, height: number): number {
  const tiles = attributes.get('tiles');
  if (tiles === undefined) return Math.ceil(height / (LINES[attributes.get('compression')?.[0] ?? 0] ?? 1));
  const levels = tiles.readUInt8(8) & 0x0f;
  // Mip and rip maps have more tiles, after these; the first level is what we read anyway.
  return levels > 2 ? 0 : Math.ceil(width / tiles.readUInt32LE(0)) * Math.ceil(height / tiles.readUInt32LE(4));
}

/** Layers in the order of the channel list: name, then 16 bytes of type and sampling; an empty name ends it. */
function layersOf(channels: Buffer, partName: string): string[] {
  const layers = new Set<string>();
  for (let at = 0; at < channels.length && channels[at] !== 0; ) {
    const end = channels.indexOf(0, at);
    if (end < 0) break;
    layers.add(layerOf(channels.toString('latin1', at, end), partName));
    at = end + 1 + 16;
  }
  return [...layers];
}

function layerOf(channel: string, partName: string): string {
  const dot = channel.lastIndexOf('.');
  if (dot > 0) return channel.slice(0, dot);
  if (partName !== '' && !/^(?:rgba?|main|beauty)$/i.test(partName)) return partName;
  return BARE.has(channel) ? '' : channel;
}
