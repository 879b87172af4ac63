/** The orientation in EXIF metadata, which is a TIFF directory (Exif 2.3, 4.6.4). */
import { type Orientation, toOrientation } from './coding.js';

const ORIENTATION = 0x112;

/** @param exif begins with the byte order, after "Exif\0\0". Metadata that is damaged or not EXIF counts as upright. */
export function exifOrientation(exif: Buffer): Orientation {
  const order = exif.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const short = (at: number) => (order === 'II' ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const long = (at: number) => (order === 'II' ? exif.readUInt32LE(at) : exif.readUInt32BE(at));
  try {
    const directory = long(4);
    const entries = short(directory);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + 12 * i;
      if (short(entry) === ORIENTATION) return toOrientation(short(entry + 8));
    }
    return 1;
  } catch (error) {
    if (error instanceof RangeError) return 1; // the metadata ends before its directory does
    throw error;
  }
}
