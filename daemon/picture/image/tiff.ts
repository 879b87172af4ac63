/** TIFF: facts about its first page, and whether ffmpeg reads it exactly (TIFF 6.0). */
import type { DecodedFormat } from '../../media/frames.js';
import type { FileBytes } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { type CodedImage, type Coding, codedImage, toOrientation, unreadImage } from './coding.js';
import { readTiffDirectory, type TiffDirectory } from './tiff-directory.js';

const WIDTH = 256;
const HEIGHT = 257;
const BITS = 258;
const COMPRESSION = 259;
const PHOTOMETRIC = 262;
const FILL_ORDER = 266;
const STRIP_OFFSETS = 273;
const ORIENTATION = 274;
const SAMPLES = 277;
const STRIP_BYTES = 279;
const PLANES = 284;
const PREDICTOR = 317;
const TILE_WIDTH = 322;
const EXTRA_SAMPLES = 338;
const SAMPLE_FORMAT = 339;

/** None, LZW, deflate by two numbers, PackBits. The decoder reads LZMA as noise and does not know the others. */
const COMPRESSIONS = [1, 5, 8, 32_946, 32_773];
const WHITE_IS_ZERO = 0;
const BLACK_IS_ZERO = 1;
const RGB = 2;
const PALETTE = 3;

interface Samples {
  readonly count: number;
  /** Bits of each; 0 where they differ. */
  readonly bits: number;
  readonly photometric: number;
}

export async function readTiff(bytes: FileBytes): Promise<CodedImage> {
  const head = await bytes.at(0, 8);
  if (head.length < 8) return unreadImage(CUT_OFF);
  const big = head[0] === 0x4d;
  if ((big ? head.readUInt16BE(2) : head.readUInt16LE(2)) === 43) {
    return unreadImage('is a BigTIFF, which is not read; export a usual TIFF, PNG or EXR');
  }
  const tags = await readTiffDirectory(bytes, big);
  const samples = samplesOf(tags);
  const coding: Coding = {
    decoder: 'tiff',
    stored: { width: tags.one(WIDTH) ?? 0, height: tags.one(HEIGHT) ?? 0 },
    format: formatOf(samples),
    alpha: alphaOf(samples, tags),
    orientation: toOrientation(tags.one(ORIENTATION)),
  };
  const notes = tags.pages > 1 ? [`has ${tags.pages} pages, of which the first is used`] : [];
  return codedImage(coding, { problem: refusal(samples, tags) ?? (isWhole(bytes, tags) ? null : CUT_OFF), notes });
}

function samplesOf(tags: TiffDirectory): Samples {
  const depths = tags.all(BITS);
  const [bits = 1] = depths;
  return {
    count: tags.one(SAMPLES) ?? 1,
    bits: depths.every((one) => one === bits) ? bits : 0,
    photometric: tags.one(PHOTOMETRIC) ?? -1,
  };
}

function formatOf({ count, bits, photometric }: Samples): DecodedFormat {
  if (count === 2 || count === 4) return bits === 16 ? 'rgba64le' : 'rgba';
  if (photometric === RGB) return bits === 16 ? 'rgb48le' : 'rgb24';
  if (photometric === PALETTE) return 'rgb24';
  return bits === 16 ? 'gray16le' : 'gray';
}

function alphaOf({ count }: Samples, tags: TiffDirectory): Coding['alpha'] {
  if (count !== 2 && count !== 4) return 'none';
  switch (tags.one(EXTRA_SAMPLES)) {
    case 1:
      return 'associated';
    case 2:
      return 'straight';
    default:
      return 'none'; // a fourth value without a declared meaning
  }
}

/** Problems of files that ffmpeg reads wrongly or not at all. */
function refusal(samples: Samples, tags: TiffDirectory): string | null {
  const instead = 'export 8 or 16 bits in strips, uncompressed, LZW or ZIP, or PNG or EXR';
  const refused = (what: string) => `is a TIFF ${what}, which is not read; ${instead}`;
  if (tags.one(TILE_WIDTH) !== undefined) return refused('stored in tiles');
  const formats = new Set(tags.all(SAMPLE_FORMAT));
  if (formats.has(3)) return refused(`of ${samples.bits}-bit floats`);
  if ([...formats].some((format) => format !== 1)) return refused('of other than unsigned whole numbers');
  if (!COMPRESSIONS.includes(tags.one(COMPRESSION) ?? 1)) return refused('compressed in an unusual way');
  if (![1, 2].includes(tags.one(PREDICTOR) ?? 1)) return refused('compressed with a predictor of floats');
  if ((tags.one(FILL_ORDER) ?? 1) !== 1) return refused('with its bits in reverse');
  return samplesRefusal(samples, tags.one(PLANES) === 2, refused);
}

function samplesRefusal(
  { count, bits, photometric }: Samples,
  planes: boolean,
  refused: (what: string) => string,
): string | null {
  if (![WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE].includes(photometric)) return refused('of other colours than RGB');
  const grey = photometric === WHITE_IS_ZERO || photometric === BLACK_IS_ZERO;
  const depths = photometric === RGB || count === 2 || photometric === BLACK_IS_ZERO ? [8, 16] : [8];
  if (!depths.includes(bits) && !(grey && count === 1 && bits === 1)) return refused(`of ${bits} bits a sample`);
  const counts = grey ? (photometric === WHITE_IS_ZERO ? [1] : [1, 2]) : photometric === RGB ? [3, 4] : [1];
  if (!counts.includes(count)) return refused(`of ${count} channels`);
  return planes && count < 3 ? refused('with grey in planes') : null;
}

function isWhole(bytes: FileBytes, tags: TiffDirectory): boolean {
  const [offsets, lengths] = [tags.all(STRIP_OFFSETS), tags.all(STRIP_BYTES)];
  if (offsets.length === 0 || offsets.length !== lengths.length) return false;
  return offsets.every((offset, i) => offset > 0 && offset + (lengths[i] ?? 0) <= bytes.size);
}
