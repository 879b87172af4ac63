/** The compressions of OpenEXR by the number in the file (ImfCompression.h), and which of them are read here. Pure. */

export const COMPRESSIONS = [
  'none',
  'rle',
  'zips',
  'zip',
  'piz',
  'pxr24',
  'b44',
  'b44a',
  'dwaa',
  'dwab',
  'htj2k256',
  'htj2k32',
] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** The compressions that we can decode. */
export type ReadableCompression = Exclude<Compression, 'htj2k256' | 'htj2k32'>;

/** Lines of one chunk of a part without tiles. */
export const LINES: Readonly<Record<Compression, number>> = {
  none: 1,
  rle: 1,
  zips: 1,
  zip: 16,
  piz: 32,
  pxr24: 16,
  b44: 32,
  b44a: 32,
  dwaa: 32,
  dwab: 256,
  htj2k256: 256,
  htj2k32: 32,
};

export function isReadable(compression: Compression | number): compression is ReadableCompression {
  return typeof compression === 'string' && !compression.startsWith('htj2k');
}
