/** JPEG: a start-of-frame segment gives the size, EOI ends the file (ITU-T T.81, annex B). */
import type { DecodedFormat } from '../../media/frames.js';
import type { FileBytes } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { type CodedImage, codedImage, type Orientation, unreadImage } from './coding.js';
import { exifOrientation } from './exif.js';

/** Some cameras and writers pad after the end of image. */
const TAIL = 64;
const EOI = Buffer.from([0xff, 0xd9]);
/** Segments before the pixels that are looked through: previews and profiles may take many. */
const MOST_SEGMENTS = 1000;
const APP1 = 0xe1;
const APP14 = 0xee;
const EXIF = Buffer.from('Exif\0\0', 'latin1');
/** SOF0 to SOF15 without DHT, JPG and DAC, which share their range. */
const isStartOfFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Baseline, extended, progressive: what is written in practice. */
const USUAL = [0xc0, 0xc1, 0xc2];

interface Frame {
  readonly marker: number;
  readonly bits: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly { readonly id: number; readonly sampling: string }[];
}

interface Segments {
  readonly frame: Frame | null;
  readonly orientation: Orientation;
  /** Colour transform by Adobe's segment: 0 = none (RGB, CMYK), 1 = YCbCr, 2 = YCCK; null = no such segment. */
  readonly transform: number | null;
}

export async function readJpeg(bytes: FileBytes): Promise<CodedImage> {
  const { frame, orientation, transform } = await readSegments(bytes);
  if (frame === null) return unreadImage(CUT_OFF);
  const whole = (await bytes.tail(TAIL)).includes(EOI);
  const { width, height } = frame;
  const format = formatOf(frame, transform);
  const coding = { decoder: 'mjpeg', stored: { width, height }, format, alpha: 'none', orientation } as const;
  return codedImage(coding, { problem: whole ? refusal(frame, transform) : CUT_OFF });
}

/** Walks the segments: 0xFF, marker, length of what follows with the length itself. */
async function readSegments(bytes: FileBytes): Promise<Segments> {
  let orientation: Orientation = 1;
  let transform: number | null = null;
  let at = 2;
  for (let count = 0; count < MOST_SEGMENTS; count++) {
    const head = await bytes.at(at, 4);
    if (head.length < 4 || head[0] !== 0xff) break;
    const marker = head.readUInt8(1);
    if (marker === 0xff) {
      at++; // a run of 0xFF is padding before a marker
      continue;
    }
    const length = head.readUInt16BE(2);
    const content = () => bytes.at(at + 4, length - 2);
    if (isStartOfFrame(marker)) return { frame: frameOf(marker, await content()), orientation, transform };
    if (marker === APP1) orientation = orientationIn(await content()) ?? orientation;
    if (marker === APP14) transform = transformIn(await content()) ?? transform;
    at += 2 + length;
  }
  return { frame: null, orientation, transform };
}

function frameOf(marker: number, content: Buffer): Frame | null {
  const count = content.length < 6 ? 0 : content.readUInt8(5);
  if (count === 0 || content.length < 6 + 3 * count) return null;
  const components = Array.from({ length: count }, (_, i) => {
    const [id = 0, sampling = 0] = content.subarray(6 + 3 * i);
    return { id, sampling: `${sampling >> 4}x${sampling & 15}` };
  });
  const [height, width] = [content.readUInt16BE(1), content.readUInt16BE(3)];
  return { marker, bits: content.readUInt8(0), width, height, components };
}

function orientationIn(content: Buffer): Orientation | undefined {
  return content.subarray(0, 6).equals(EXIF) ? exifOrientation(content.subarray(6)) : undefined;
}

/** "Adobe", version, two flags, transform. */
function transformIn(content: Buffer): number | undefined {
  return content.toString('latin1', 0, 5) === 'Adobe' && content.length >= 12 ? content[11] : undefined;
}

/**
 * Luminance and chrominance are taken as they are: how chrominance is spread over the pixels is decided by convert.ts
 * as libjpeg does it, not by ffmpeg's scaler, which is off by a quarter of the range at edges.
 */
function formatOf({ components }: Frame, transform: number | null): DecodedFormat {
  if (components.length === 1) return 'gray';
  const named = components.map(({ id }) => String.fromCharCode(id)).join('') === 'RGB';
  if (components.length !== 3 || transform === 0 || named) return 'rgb24';
  switch (components.map(({ sampling }) => sampling).join(' ')) {
    case '1x1 1x1 1x1':
      return 'yuvj444p';
    case '2x1 1x1 1x1':
      return 'yuvj422p';
    case '2x2 1x1 1x1':
      return 'yuvj420p';
    default:
      return 'rgb24';
  }
}

/** Problems of files that ffmpeg would read wrongly. */
function refusal({ marker, bits, components }: Frame, transform: number | null): string | null {
  if (!USUAL.includes(marker)) return 'is a lossless or arithmetic-coded JPEG, which is not read; export a usual one';
  if (bits !== 8) return `is a JPEG of ${bits} bits, which is not read; export 8 bits`;
  if (![1, 3, 4].includes(components.length)) return `is a JPEG of ${components.length} channels; export RGB`;
  return components.length === 4 && transform === 2 ? 'is a JPEG of CMYK inks (YCCK); export RGB' : null;
}
