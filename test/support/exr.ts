/** Small uncompressed float EXR files, with any channels ("OpenEXR File Layout"). */
import { writeFileSync } from 'node:fs';

export type Channels = Readonly<Record<string, (x: number, y: number) => number>>;

export function writeExr(file: string, width: number, height: number, channels: Channels): void {
  const names = Object.keys(channels).sort();
  const header = Buffer.concat([Buffer.from([0x76, 0x2f, 0x31, 0x01, 2, 0, 0, 0]), attributes(names, width, height)]);
  const line = names.length * width * 4;
  const table = Buffer.alloc(8 * height);
  const chunks: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    table.writeBigUInt64LE(BigInt(header.length + table.length + y * (8 + line)), 8 * y);
    const chunk = Buffer.alloc(8 + line);
    chunk.writeInt32LE(y, 0);
    chunk.writeInt32LE(line, 4);
    for (const [c, name] of names.entries()) {
      for (let x = 0; x < width; x++) chunk.writeFloatLE(channels[name]?.(x, y) ?? 0, 8 + (c * width + x) * 4);
    }
    chunks.push(chunk);
  }
  writeFileSync(file, Buffer.concat([header, table, ...chunks]));
}

function attributes(names: readonly string[], width: number, height: number): Buffer {
  const float = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]); // type FLOAT, sampled at every pixel
  const list = Buffer.concat([...names.flatMap((name) => [zero(name), float]), Buffer.alloc(1)]);
  const window = Buffer.from(new Int32Array([0, 0, width - 1, height - 1]).buffer);
  const one = Buffer.from(new Float32Array([1]).buffer);
  return Buffer.concat([
    attribute('channels', 'chlist', list),
    attribute('compression', 'compression', Buffer.alloc(1)),
    attribute('dataWindow', 'box2i', window),
    attribute('displayWindow', 'box2i', window),
    attribute('lineOrder', 'lineOrder', Buffer.alloc(1)),
    attribute('pixelAspectRatio', 'float', one),
    attribute('screenWindowCenter', 'v2f', Buffer.alloc(8)),
    attribute('screenWindowWidth', 'float', one),
    Buffer.alloc(1),
  ]);
}

function attribute(name: string, type: string, value: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(value.length);
  return Buffer.concat([zero(name), zero(type), size, value]);
}

function zero(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'latin1');
}
