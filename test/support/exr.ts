/** Writes small uncompressed scanline EXR files with any channels: ffmpeg writes no layers. */
import { writeFileSync } from 'node:fs';

export interface ExrOptions {
  readonly width?: number;
  readonly height?: number;
  /** Channel names; the value of every pixel. Written in alphabetical order, as the format demands. */
  readonly channels?: Readonly<Record<string, number>>;
}

const FLOAT = 2;

export function writeExr(file: string, options: ExrOptions = {}): void {
  writeFileSync(file, exrBytes(options));
}

export function exrBytes(options: ExrOptions = {}): Buffer {
  const { width = 8, height = 6, channels = { R: 0.5, G: 0.5, B: 0.5 } } = options;
  const names = Object.keys(channels).sort();
  const header = Buffer.concat([magic(), ...headerAttributes(width, height, names), Buffer.from([0])]);
  const lineBytes = names.length * width * 4;
  const firstLine = header.length + height * 8;
  const table = Buffer.alloc(height * 8);
  const lines = Array.from({ length: height }, (_, y) => {
    table.writeBigUInt64LE(BigInt(firstLine + y * (8 + lineBytes)), y * 8);
    return line(
      y,
      width,
      names.map((name) => channels[name] ?? 0),
    );
  });
  return Buffer.concat([header, table, ...lines]);
}

function magic(): Buffer {
  return ints(20000630, 2);
}

function headerAttributes(width: number, height: number, names: readonly string[]): Buffer[] {
  const window = ints(0, 0, width - 1, height - 1);
  return [
    attribute('channels', 'chlist', Buffer.concat([...names.map(channel), Buffer.from([0])])),
    attribute('compression', 'compression', Buffer.from([0])),
    attribute('dataWindow', 'box2i', window),
    attribute('displayWindow', 'box2i', window),
    attribute('lineOrder', 'lineOrder', Buffer.from([0])),
    attribute('pixelAspectRatio', 'float', floats(1)),
    attribute('screenWindowCenter', 'v2f', floats(0, 0)),
    attribute('screenWindowWidth', 'float', floats(1)),
  ];
}

function attribute(name: string, type: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${name}\0${type}\0`), ints(value.length), value]);
}

/** Name, pixel type, linearity with three reserved bytes, sampling in x and y. */
function channel(name: string): Buffer {
  return Buffer.concat([Buffer.from(`${name}\0`), ints(FLOAT, 0, 1, 1)]);
}

function line(y: number, width: number, values: readonly number[]): Buffer {
  const pixels = Buffer.concat(values.map((value) => floats(...new Array<number>(width).fill(value))));
  return Buffer.concat([ints(y, pixels.length), pixels]);
}

function ints(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeInt32LE(value, index * 4);
  return buffer;
}

function floats(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) buffer.writeFloatLE(value, index * 4);
  return buffer;
}
