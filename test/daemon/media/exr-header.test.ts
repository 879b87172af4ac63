import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ExrHeader, readExrHeader } from '../../../daemon/media/exr-header.js';
import { writeExr } from '../../support/exr.js';
import { tempDir } from '../../support/tmp.js';

const zero = (text: string) => Buffer.from(`${text}\0`, 'latin1');
const ints = (...values: number[]) => Buffer.from(new Int32Array(values).buffer);

function attribute(name: string, value: Buffer): Buffer {
  return Buffer.concat([zero(name), zero('any'), ints(value.length), value]);
}

function channels(...names: string[]): Buffer {
  return attribute('channels', Buffer.concat([...names.flatMap((name) => [zero(name), Buffer.alloc(16)]), zero('')]));
}

const box = (width: number, height: number) => attribute('dataWindow', ints(0, 0, width - 1, height - 1));

/** A file without pixels: `flags` of the version, then one header after the other. */
function file(flags: number, ...headers: Buffer[][]): Buffer {
  return Buffer.concat([ints(20000630, 2 | flags), ...headers.flatMap((header) => [...header, zero('')])]);
}

function reading(bytes: Buffer) {
  return readExrHeader(async (length) => bytes.subarray(0, length));
}

async function header(bytes: Buffer): Promise<ExrHeader> {
  const read = await reading(bytes);
  if (typeof read === 'string') throw new Error(read);
  return read;
}

test('channels belong to layers, and their last letters are found in the file', async () => {
  const image = path.join(tempDir(), 'a.exr');
  const flat = () => 0;
  writeExr(image, 8, 6, { R: flat, G: flat, B: flat, 'depth.Z': flat, 'main.id.R': flat, Pz: flat });
  const bytes = readFileSync(image);
  const { parts, multiPart, deep, end } = await header(bytes);
  expect({ multiPart, deep }).toEqual({ multiPart: false, deep: false });
  const found = parts[0]?.channels.map(({ name, layer }) => [name, layer]);
  expect(Object.fromEntries(found ?? [])).toEqual({
    R: '',
    G: '',
    B: '',
    'depth.Z': 'depth',
    'main.id.R': 'main.id',
    Pz: 'Pz',
  });
  for (const { name, lastLetter } of parts[0]?.channels ?? []) {
    expect(bytes.toString('latin1', lastLetter - name.length + 1, lastLetter + 1)).toBe(name);
  }
  expect(bytes.readBigUInt64LE(end)).toBe(BigInt(end + 6 * 8)); // the first chunk comes right after the table
});

test('the picture is as large as its display window, the chunks cover the data window', async () => {
  const display = attribute('displayWindow', ints(0, 0, 99, 49));
  const zip = attribute('compression', Buffer.from([3]));
  const { parts } = await header(file(0, [channels('R'), zip, box(10, 33), display]));
  expect(parts).toMatchObject([{ width: 100, height: 50, chunks: 3, tiled: false }]); // 33 lines, 16 a chunk
});

test('tiles are counted in both directions', async () => {
  const tiles = attribute('tiles', Buffer.concat([ints(32, 16), Buffer.from([0])]));
  const { parts } = await header(file(0x200, [channels('R'), box(65, 33), tiles]));
  expect(parts).toMatchObject([{ chunks: 3 * 3, tiled: true }]);
});

test('every part has its own header, and a part without a picture name is a layer', async () => {
  const named = (name: string, ...list: string[]) => [
    attribute('name', Buffer.from(name)),
    channels(...list),
    box(4, 4),
  ];
  const bytes = file(0x1000, named('rgba', 'R', 'G', 'B'), named('depth', 'Z'), []);
  const { parts, multiPart, end } = await header(bytes);
  expect(multiPart).toBe(true);
  expect(parts.map((part) => part.channels.map(({ layer }) => layer))).toEqual([['', '', ''], ['depth']]);
  expect(end).toBe(bytes.length);
});

test('long metadata is read on, and never more than is needed', async () => {
  const bytes = Buffer.concat([
    file(0, [attribute('comment', Buffer.alloc(100_000)), channels('Y'), box(4, 4)]),
    zero(''),
  ]);
  const asked: number[] = [];
  const read = await readExrHeader(async (length) => {
    asked.push(length);
    return Buffer.concat([bytes, Buffer.alloc(2 ** 20)]).subarray(0, length);
  });
  expect(read).toMatchObject({ parts: [{ channels: [{ name: 'Y' }] }], end: bytes.length - 1 });
  expect(asked).toEqual([65_536, 262_144]);
});

describe('what is no whole header', () => {
  const whole = file(0, [channels('R', 'G', 'B'), box(4, 4)]);

  test('is cut off, wherever it ends', async () => {
    for (let length = 8; length < whole.length; length++) {
      expect([length, await reading(whole.subarray(0, length))]).toEqual([length, 'cut off']);
    }
    expect(await reading(whole)).toMatchObject({ end: whole.length });
  });

  test('is foreign when it does not begin like one', async () => {
    expect(await reading(Buffer.from('\x89PNG\r\n\x1a\n0000'))).toBe('foreign');
    expect(await reading(Buffer.alloc(0))).toBe('foreign');
  });
});
