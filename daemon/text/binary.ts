/** Files that are no text, by their first bytes. */
import { type Magic, magicOf } from '../media/magic.js';

const PICTURES: Readonly<Record<Magic, string>> = {
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  tiff: 'a TIFF image',
  webp: 'a WebP image',
  dpx: 'a DPX image',
  exr: 'an EXR image',
};

/** How a file begins, as Latin-1, and what begins so. */
const BEGINNINGS: readonly (readonly [begins: RegExp, name: string])[] = [
  [/^%PDF-/, 'a PDF document'],
  [/^\{\\rtf/, 'an RTF document'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'a document of an old Office (.doc, .xls, .ppt)'],
  [/^\x1f\x8b\x08/, 'a gzip archive'],
  [/^7z\xbc\xaf\x27\x1c/, 'a 7z archive'],
  [/^Rar!\x1a\x07/, 'a RAR archive'],
  [/^\0[^]{3}ftyp/, 'a movie or picture (MP4, MOV, HEIC)'],
  [/^\x1a\x45\xdf\xa3/, 'a movie (MKV, WebM)'],
  [/^RIFF[^]{4}AVI /, 'a movie (AVI)'],
  [/^RIFF[^]{4}WAVE/, 'a sound (WAV)'],
  [/^GIF8[79]a/, 'a GIF image'],
  [/^SQLite format 3\0/, 'a SQLite database'],
  [/^bplist00/, 'a property list of macOS'],
  [/^\x7fELF/, 'a program'],
];

/** A ZIP archive names the files in it early: which of them tells what program wrote it. */
const ARCHIVES: readonly (readonly [part: RegExp, name: string])[] = [
  [/word\//, 'a Word document (.docx)'],
  [/xl\//, 'an Excel sheet (.xlsx)'],
  [/ppt\//, 'a PowerPoint file (.pptx)'],
  [/mimetypeapplication\/vnd\.oasis/, 'an OpenDocument file (.odt)'],
  [/Index\/Document\.iwa/, 'a Pages document'],
];
const ARCHIVE_HEAD = 4096;

/** "a PNG image"; null = nothing that is known. */
export function binaryKind(bytes: Buffer): string | null {
  const picture = magicOf(bytes.subarray(0, 16));
  if (picture !== null) return PICTURES[picture];
  const head = bytes.toString('latin1', 0, ARCHIVE_HEAD);
  if (head.startsWith('PK\x03\x04')) return ARCHIVES.find(([part]) => part.test(head))?.[1] ?? 'a ZIP archive';
  return BEGINNINGS.find(([begins]) => begins.test(head))?.[1] ?? null;
}
