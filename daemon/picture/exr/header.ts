/**
 * The headers of an OpenEXR file: magic, version, one header a part, each a list of attributes (name, type, size,
 * value) that an empty name ends ("OpenEXR File Layout" of the OpenEXR documentation). Pure.
 */
import { CUT_OFF } from '../image.js';
import { PictureError } from '../picture-error.js';
import { COMPRESSIONS, type Compression } from './compression.js';
import type { Window } from './window.js';

export interface ExrHeader {
  readonly parts: readonly ExrPart[];
  /** More than one part may be there; every chunk begins with the number of its part. */
  readonly multiPart: boolean;
  /** Byte after the last header, where the offset tables begin. */
  readonly end: number;
}

export interface ExrPart {
  /** "" in files of a single part. */
  readonly name: string;
  /** The display window: the visible picture; all parts of a file share it. */
  readonly displayWindow: Window;
  /** The data window: the stored pixels; renderers crop it to the non-empty area, or let it reach beyond the picture. */
  readonly dataWindow: Window;
  /** In the order of the file, which is that of the samples in a chunk. */
  readonly channels: readonly ExrChannel[];
  /** The stored number; numbers that are not in the table cannot be read. */
  readonly compression: Compression | number;
  readonly tiles: Tiles | null;
  /** A list of samples a pixel, each with a depth of its own. */
  readonly deep: boolean;
  /** Entries of the offset table; null = not stored, to be counted. */
  readonly chunkCount: number | null;
  /** View of the whole part ("left"); null = none is named. */
  readonly view: string | null;
  /** Views whose names stand in the channel names, the first being that of the channels without one. */
  readonly multiView: readonly string[];
  /** CIE x, y of red, green, blue and white; null = not stored, which means Rec. 709. */
  readonly chromaticities: Chromaticities | null;
  /** Name of the colour space, as OpenEXR 3.4 stores it ("lin_ap1_scene"); null = not stored. */
  readonly colorInteropId: string | null;
}

export type SampleType = 'uint' | 'half' | 'float';

export interface ExrChannel {
  readonly name: string;
  readonly type: SampleType;
  /** True = perceptually linear, which B44 stores through a logarithm. */
  readonly linear: boolean;
  /** One sample for so many columns and rows. */
  readonly xSampling: number;
  readonly ySampling: number;
}

export interface Tiles {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** mip: one smaller level a halving; rip: one for each pair of halvings. */
  readonly levels: 'one' | 'mip' | 'rip';
  readonly roundUp: boolean;
}

export type Chromaticities = readonly [rx: number, ry: number, gx: number, gy: number, ...rest: number[]] & {
  readonly length: 8;
};

const MAGIC = 20000630;
/** Version flags: single-part tiles, long names, deep data, more parts than one. */
const TILED = 0x200;
const DEEP = 0x800;
const MULTI_PART = 0x1000;
const SAMPLE_TYPES: readonly SampleType[] = ['uint', 'half', 'float'];
/** More than any renderer writes; a file that claims more is damaged, and must not cost memory. */
const MOST_PARTS = 1024;
const MOST_CHANNELS = 4096;

/** Bytes read first; headers with long metadata are read again, larger. */
export const FIRST_HEAD = 64 * 1024;
const LARGEST_HEAD = 16 * 2 ** 20;

/**
 * @param readHead gives the first `length` bytes of the file, or all of a shorter one.
 * @throws PictureError with the reason when it is not a readable EXR file.
 */
export async function readExrHeader(readHead: (length: number) => Promise<Buffer>): Promise<ExrHeader> {
  for (let size = FIRST_HEAD; ; size *= 4) {
    const header = headerIn(await readHead(size), size);
    if (header !== undefined) return header;
  }
}

/**
 * @param head the first bytes of the file
 * @param asked how many of them were asked for; fewer came only where the file ends
 * @returns undefined when more of them are needed. @throws PictureError
 */
export function headerIn(head: Buffer, asked: number): ExrHeader | undefined {
  const header = parseExrHeader(head);
  if (header !== undefined) return header;
  if (head.length < asked) throw new PictureError(CUT_OFF);
  if (asked >= LARGEST_HEAD) throw new PictureError('has a header of more than 16 MB: it is damaged');
  return undefined;
}

/** undefined = the buffer ends before the headers do. */
function parseExrHeader(head: Buffer): ExrHeader | undefined {
  if (head.length < 4 || head.readUInt32LE(0) !== MAGIC) throw new PictureError('is no EXR image');
  if (head.length < 8) return undefined;
  const flags = head.readUInt32LE(4);
  if ((flags & 0xff) !== 2) throw new PictureError(`is an EXR of version ${flags & 0xff}, which is not known`);
  const multiPart = (flags & MULTI_PART) !== 0;
  const reader = new AttributeReader(head, 8);
  const parts: ExrPart[] = [];
  try {
    do {
      const attributes = reader.readAttributes();
      if (multiPart && attributes.size === 0) break; // an empty header ends the list
      if (parts.length === MOST_PARTS) throw damaged(`names more than ${MOST_PARTS} parts`);
      parts.push(toPart(attributes, flags));
    } while (multiPart);
  } catch (error) {
    if (error instanceof EndOfHead) return undefined;
    if (error instanceof RangeError) throw damaged('holds an attribute that is too short');
    throw error;
  }
  if (parts.length === 0) throw damaged('names no part');
  return { parts, multiPart, end: reader.at };
}

type Attributes = ReadonlyMap<string, Buffer>;

/** Thrown at the end of the buffer: more must be read, or the file ends. */
class EndOfHead extends Error {}

function damaged(what: string): PictureError {
  return new PictureError(`is damaged: its header ${what}`);
}

/** Walks the headers; every method moves `at`. */
class AttributeReader {
  constructor(
    private readonly head: Buffer,
    public at: number,
  ) {}

  readAttributes(): Attributes {
    const attributes = new Map<string, Buffer>();
    for (let name = this.readName(); name !== ''; name = this.readName()) {
      this.readName(); // the type: known by the name
      if (this.at + 4 > this.head.length) throw new EndOfHead();
      const size = this.head.readInt32LE(this.at);
      if (size < 0 || size > LARGEST_HEAD) throw damaged(`gives the attribute "${name}" an impossible size`);
      const from = this.at + 4;
      if (from + size > this.head.length) throw new EndOfHead();
      attributes.set(name, this.head.subarray(from, from + size));
      this.at = from + size;
    }
    return attributes;
  }

  private readName(): string {
    const end = this.head.indexOf(0, this.at);
    if (end > this.at + 255) throw damaged('holds a name of more than 255 bytes');
    if (end < 0) throw new EndOfHead();
    const name = this.head.toString('latin1', this.at, end);
    this.at = end + 1;
    return name;
  }
}

function toPart(attributes: Attributes, flags: number): ExrPart {
  const dataWindow = windowOf(attributes, 'dataWindow');
  if (dataWindow === undefined) throw damaged('has no data window');
  const type = textOf(attributes, 'type');
  const compression = attributes.get('compression')?.readUInt8(0);
  if (compression === undefined) throw damaged('names no compression');
  const chunkCount = attributes.get('chunkCount')?.readInt32LE(0) ?? null;
  if (chunkCount !== null && chunkCount < 1) throw damaged(`counts ${chunkCount} chunks`);
  return {
    name: textOf(attributes, 'name') ?? '',
    displayWindow: windowOf(attributes, 'displayWindow') ?? dataWindow,
    dataWindow,
    channels: channelsOf(attributes),
    compression: COMPRESSIONS[compression] ?? compression,
    tiles: type === undefined ? tilesOf(attributes, (flags & TILED) !== 0) : tilesOf(attributes, /tile/.test(type)),
    deep: type === undefined ? (flags & DEEP) !== 0 : type.startsWith('deep'),
    chunkCount,
    view: textOf(attributes, 'view') ?? null,
    multiView: textsOf(attributes.get('multiView')),
    chromaticities: chromaticitiesOf(attributes.get('chromaticities')),
    colorInteropId: textOf(attributes, 'colorInteropID') ?? null,
  };
}

function textOf(attributes: Attributes, name: string): string | undefined {
  return attributes.get(name)?.toString('utf8').replace(/\0.*$/s, '');
}

/** A list of texts, each after its length. */
function textsOf(list: Buffer | undefined): string[] {
  const texts: string[] = [];
  for (let at = 0; list !== undefined && at + 4 <= list.length; ) {
    const length = list.readInt32LE(at);
    if (length < 0) throw damaged('holds a text of negative length');
    texts.push(list.toString('utf8', at + 4, at + 4 + length));
    at += 4 + length;
  }
  return texts;
}

/** A window is xMin, yMin, xMax, yMax, the last two included. */
function windowOf(attributes: Attributes, name: string): Window | undefined {
  const box = attributes.get(name);
  if (box === undefined) return undefined;
  const [x, y, right, bottom] = [0, 4, 8, 12].map((at) => box.readInt32LE(at)) as [number, number, number, number];
  if (right < x || bottom < y) throw damaged(`gives the ${name} no pixel`);
  return { x, y, width: right - x + 1, height: bottom - y + 1 };
}

function tilesOf(attributes: Attributes, tiled: boolean): Tiles | null {
  if (!tiled) return null;
  const tiles = attributes.get('tiles');
  if (tiles === undefined) throw damaged('does not say how large its tiles are');
  const [width, height, mode] = [tiles.readUInt32LE(0), tiles.readUInt32LE(4), tiles.readUInt8(8)];
  const levels = (['one', 'mip', 'rip'] as const)[mode & 0x0f];
  if (width < 1 || height < 1 || levels === undefined) throw damaged('gives its tiles an impossible size');
  return { width, height, levels, roundUp: mode >> 4 === 1 };
}

/** A channel is its name, a zero and 16 bytes of type and sampling; an empty name ends the list. */
function channelsOf(attributes: Attributes): ExrChannel[] {
  const list = attributes.get('channels');
  if (list === undefined) throw damaged('names no channels');
  const channels: ExrChannel[] = [];
  for (let at = 0; at < list.length && list[at] !== 0; ) {
    const end = list.indexOf(0, at);
    if (end < 0) throw damaged('holds a channel name without end');
    if (channels.length === MOST_CHANNELS) throw damaged(`names more than ${MOST_CHANNELS} channels`);
    channels.push(channelOf(list.toString('utf8', at, end), list.subarray(end + 1)));
    at = end + 1 + 16;
  }
  return channels;
}

function channelOf(name: string, facts: Buffer): ExrChannel {
  const type = SAMPLE_TYPES[facts.readInt32LE(0)];
  const [xSampling, ySampling] = [facts.readInt32LE(8), facts.readInt32LE(12)];
  if (type === undefined) throw damaged(`gives the channel ${name} a type that is not known`);
  if (xSampling < 1 || ySampling < 1) throw damaged(`gives the channel ${name} an impossible sampling`);
  return { name, type, linear: facts.readUInt8(4) !== 0, xSampling, ySampling };
}

function chromaticitiesOf(value: Buffer | undefined): Chromaticities | null {
  if (value === undefined) return null;
  return Array.from({ length: 8 }, (_, i) => value.readFloatLE(4 * i)) as unknown as Chromaticities;
}
