/** Passes as PNG files. Fixed filters and fast deflate: the choice by content costs more than the drawing. */
import { PNG } from 'pngjs';
import type { PassName } from '../../../schemas/index.js';
import type { Passes } from './passes.js';

/** Passes of the demo, in the order in which an exporter writes them. */
export const DEMO_PASSES = ['color', 'depth', 'seg', 'edge'] as const satisfies PassName[];
export type DemoPass = (typeof DEMO_PASSES)[number];

const GRAY = 0;
const RGB = 2;
const SUB = 1;
const UP = 2;
const NONE = 0;

export function encodePass(pass: DemoPass, passes: Passes, width: number, height: number): Buffer {
  switch (pass) {
    case 'color':
      return encode(passes.color, width, height, { type: RGB, bits: 8, filter: SUB });
    case 'depth':
      return encode(passes.depth, width, height, { type: GRAY, bits: 16, filter: UP });
    case 'seg':
      return encode(passes.seg, width, height, { type: RGB, bits: 8, filter: NONE });
    case 'edge':
      return encode(passes.edge, width, height, { type: GRAY, bits: 8, filter: NONE });
  }
}

interface Format {
  readonly type: typeof GRAY | typeof RGB;
  readonly bits: 8 | 16;
  readonly filter: number;
}

function encode(
  values: Uint8Array | Uint16Array,
  width: number,
  height: number,
  { type, bits, filter }: Format,
): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return PNG.sync.write(png, {
    colorType: type,
    inputColorType: type,
    bitDepth: bits,
    inputHasAlpha: false,
    filterType: filter as 0,
    deflateLevel: 1,
    deflateStrategy: 0,
  });
}
