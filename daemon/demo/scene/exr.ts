/**
 * A frame as one multi-part EXR file, as Karma writes it by default: C in half floats of linear light, depth in float
 * metres, object numbers in whole numbers of 32 bits, edges in half floats; ZIP ("OpenEXR File Layout").
 */
import { deflateSync } from 'node:zlib';
import { floatToHalf } from '../../picture/half.js';
import { FAR, type Passes, SKY_DEPTH } from './passes.js';

/** Where the camera sees nothing. */
const MISS = 1e10;
/** Lines of a ZIP chunk. */
const LINES = 16;
const ZIP = 3;
const MULTI_PART = 0x1000;
const TYPES = { uint: 0, half: 1, float: 2 } as const;
/** Time matters more than size here. */
const FAST = { level: 1 } as const;

interface Part {
  readonly name: string;
  readonly type: keyof typeof TYPES;
  /** In alphabetical order, as the format wants them. */
  readonly channels: readonly Channel[];
}

interface Channel {
  readonly name: string;
  readonly values: Uint16Array | Uint32Array | Float32Array;
}

export function encodeExr(passes: Passes, width: number, height: number): Buffer {
  const parts = partsOf(passes);
  const chunks = Math.ceil(height / LINES);
  const header = Buffer.concat([
    ints(20000630, 2 | MULTI_PART),
    ...parts.map((part) => headerOf(part, width, height, chunks)),
    Buffer.alloc(1),
  ]);
  const table = Buffer.alloc(8 * chunks * parts.length);
  const data: Buffer[] = [];
  let at = header.length + table.length;
  for (const [p, part] of parts.entries()) {
    for (let chunk = 0; chunk < chunks; chunk++) {
      table.writeBigUInt64LE(BigInt(at), 8 * (p * chunks + chunk));
      const lines = linesOf(part, width, chunk * LINES, Math.min(height, (chunk + 1) * LINES));
      const packed = deflateSync(predicted(lines), FAST);
      const bytes = packed.length < lines.length ? packed : lines; // what would grow is stored as it is
      data.push(ints(p, chunk * LINES, bytes.length), bytes);
      at += 12 + bytes.length;
    }
  }
  return Buffer.concat([header, table, ...data]);
}

function partsOf({ color, depth, seg, edge }: Passes): Part[] {
  const pixels = depth.length;
  const channel = (k: number) => Uint16Array.from({ length: pixels }, (_, i) => LINEAR[color[3 * i + k] ?? 0] ?? 0);
  const distance = (value: number) => (value === SKY_DEPTH ? MISS : (FAR * value) / SKY_DEPTH);
  return [
    {
      name: 'C',
      type: 'half',
      channels: [
        { name: 'A', values: new Uint16Array(pixels).fill(floatToHalf(1)) },
        { name: 'B', values: channel(2) },
        { name: 'G', values: channel(1) },
        { name: 'R', values: channel(0) },
      ],
    },
    { name: 'depth', type: 'float', channels: [{ name: 'Z', values: Float32Array.from(depth, distance) }] },
    { name: 'seg', type: 'uint', channels: [{ name: 'id', values: numbers(seg) }] },
    {
      name: 'edge',
      type: 'half',
      channels: [{ name: 'Y', values: Uint16Array.from(edge, (value) => floatToHalf(value / 255)) }],
    },
  ];
}

/** Display codes of 8 bits -> half floats of linear light (sRGB, IEC 61966-2-1). */
const LINEAR = Uint16Array.from({ length: 256 }, (_, code) => {
  const value = code / 255;
  return floatToHalf(value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
});

/** The colour of a thing becomes its number: 1, 2, 3 ... would do as well, but must be the same in every frame. */
function numbers(seg: Uint8Array): Uint32Array {
  return Uint32Array.from({ length: seg.length / 3 }, (_, i) => {
    return ((seg[3 * i] ?? 0) << 16) | ((seg[3 * i + 1] ?? 0) << 8) | (seg[3 * i + 2] ?? 0);
  });
}

function headerOf({ name, type, channels }: Part, width: number, height: number, chunks: number): Buffer {
  const facts = ints(TYPES[type], 0, 1, 1); // type, not perceptually linear, one sample a pixel each way
  const list = Buffer.concat([...channels.flatMap((one) => [text(one.name), facts]), Buffer.alloc(1)]);
  const window = ints(0, 0, width - 1, height - 1);
  const one = Buffer.from(new Float32Array([1]).buffer);
  return Buffer.concat([
    attribute('channels', 'chlist', list),
    attribute('chunkCount', 'int', ints(chunks)),
    attribute('compression', 'compression', Buffer.from([ZIP])),
    attribute('dataWindow', 'box2i', window),
    attribute('displayWindow', 'box2i', window),
    attribute('lineOrder', 'lineOrder', Buffer.alloc(1)),
    attribute('name', 'string', Buffer.from(name)),
    attribute('pixelAspectRatio', 'float', one),
    attribute('screenWindowCenter', 'v2f', Buffer.alloc(8)),
    attribute('screenWindowWidth', 'float', one),
    attribute('type', 'string', Buffer.from('scanlineimage')),
    Buffer.alloc(1),
  ]);
}

/** Line after line, in each line channel after channel. */
function linesOf({ channels }: Part, width: number, from: number, to: number): Buffer {
  const lines: Buffer[] = [];
  for (let y = from; y < to; y++) {
    for (const { values } of channels) {
      const size = values.BYTES_PER_ELEMENT;
      lines.push(Buffer.from(values.buffer, values.byteOffset + y * width * size, width * size));
    }
  }
  return Buffer.concat(lines);
}

/** Bytes of even places first, those of odd places after them, each as the difference to the one before plus 128. */
function predicted(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  const evens = (bytes.length + 1) >> 1;
  for (let i = 0; i < bytes.length; i++) out[(i & 1) * evens + (i >> 1)] = bytes[i] ?? 0;
  for (let i = out.length - 1; i > 0; i--) out[i] = (out[i] ?? 0) - (out[i - 1] ?? 0) + 128;
  return out;
}

function attribute(name: string, type: string, value: Buffer): Buffer {
  return Buffer.concat([text(name), text(type), ints(value.length), value]);
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`, 'latin1');
}

function ints(...values: number[]): Buffer {
  return Buffer.from(new Int32Array(values).buffer);
}
