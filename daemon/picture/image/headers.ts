/** Reads the headers of images that ffmpeg decodes; the content of the file decides which reader is used. */
import path from 'node:path';
import { errnoOf } from '../../errors.js';
import { Refusal } from '../../foreign/refusal.js';
import { type Magic, magicOf } from '../../media/magic.js';
import { POINTER_HEAD, pointerIn } from '../../text/pointer.js';
import { FileBytes, notRead } from '../bytes.js';
import { CUT_OFF } from '../image.js';
import { PictureError } from '../picture-error.js';
import { type CodedImage, unreadImage } from './coding.js';
import { readDpx } from './dpx.js';
import { readJpeg } from './jpeg.js';
import { readPng } from './png.js';
import { readTga } from './tga.js';
import { readTiff } from './tiff.js';
import { readWebp } from './webp.js';

/** EXR is recognised here and read by picture/exr/. */
export type ImageKind = Magic | 'tga';

const NAMES: Readonly<Record<ImageKind, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  tiff: 'TIFF',
  webp: 'WebP',
  dpx: 'DPX',
  exr: 'EXR',
  tga: 'TGA',
};

const EXTENSIONS: Readonly<Record<string, ImageKind>> = {
  '.png': 'png',
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.webp': 'webp',
  '.dpx': 'dpx',
  '.exr': 'exr',
  '.tga': 'tga',
};

/** The format by the name's ending; null = not an image. */
function promisedKind(file: string): ImageKind | null {
  return EXTENSIONS[path.extname(file).toLowerCase()] ?? null;
}

/** The format by the first bytes; TGA has no mark, so its name decides. null = not a known image. */
async function kindOf(bytes: FileBytes, file: string): Promise<ImageKind | null> {
  const magic = magicOf(await bytes.at(0, 16));
  return magic ?? (promisedKind(file) === 'tga' ? 'tga' : null);
}

/** As {@link kindOf}, by the name where the file cannot be read. */
export async function imageKind(file: string, root: string | null = null): Promise<ImageKind | null> {
  try {
    return await FileBytes.with(file, (bytes) => kindOf(bytes, file), root);
  } catch {
    return promisedKind(file); // the reader reports what is wrong
  }
}

/** @returns a problem when the file is not an image, damaged, or not readable exactly; never throws for a bad file. */
export function readImageHeader(file: string, root: string | null = null): Promise<CodedImage> {
  return guarded(file, root, unreadImage, async (bytes) => {
    const pointer = pointerIn((await bytes.at(0, POINTER_HEAD)).toString('latin1'));
    if (pointer !== null) return unreadImage(`${pointer.what}: ${pointer.remedy}`);
    const kind = await kindOf(bytes, file);
    if (kind === null) return unreadImage(`is no ${promisedName(file)} image`);
    const header = await readAs(kind, bytes);
    return { ...header, notes: [...disagreement(kind, file), ...header.notes] };
  });
}

/** Makes a reader return a problem instead of throwing. */
export async function guarded<T>(
  file: string,
  root: string | null,
  broken: (problem: string) => T,
  read: (bytes: FileBytes) => Promise<T>,
): Promise<T> {
  try {
    return await FileBytes.with(file, async (bytes) => (bytes.size === 0 ? broken('is empty') : read(bytes)), root);
  } catch (error) {
    if (error instanceof PictureError) return broken(error.message);
    if (error instanceof Refusal) return broken(notRead(error));
    if (error instanceof RangeError) return broken(CUT_OFF); // a length in the header points beyond what is there
    return broken(`cannot be read (${errnoOf(error) ?? String(error)})`);
  }
}

async function readAs(kind: ImageKind, bytes: FileBytes): Promise<CodedImage> {
  switch (kind) {
    case 'png':
      return readPng(bytes);
    case 'jpeg':
      return readJpeg(bytes);
    case 'tiff':
      return readTiff(bytes);
    case 'webp':
      return readWebp(bytes);
    case 'dpx':
      return readDpx(bytes);
    case 'tga':
      return readTga(bytes);
    case 'exr':
      return unreadImage('is an EXR image among images of another kind');
  }
}

function promisedName(file: string): string {
  const promised = promisedKind(file);
  return promised === null ? 'known' : NAMES[promised];
}

function disagreement(kind: ImageKind, file: string): string[] {
  const promised = promisedKind(file);
  return promised === kind ? [] : [`is a ${NAMES[kind]} image, whatever its name says, and is read as one`];
}
