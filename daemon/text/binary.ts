/** Recognises binary files by their first bytes. */
import { type Magic, magicOf } from '../media/magic.js';

const PICTURES: Readonly<Record<Magic, string>> = {
  png: 'a PNG image',
  jpeg: 'a JPEG image',
  tiff: 'a TIFF image',
  webp: 'a WebP image',
  dpx: 'a DPX image',
  exr: 'an EXR image',
};

/** Marks as Latin-1 by the offset at which they stand, and what has all of them. */
const MARKS: readonly (readonly [marks: Readonly<Record<number, string>>, name: string])[] = [
  [{ 0: '%PDF-' }, 'a PDF document'],
  [{ 0: '{\\rtf' }, 'an RTF document'],
  [{ 0: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' }, 'a document of an old Office (.doc, .xls, .ppt)'],
  [{ 0: '\x1f\x8b\x08' }, 'a gzip archive'],
  [{ 0: '7z\xbc\xaf\x27\x1c' }, 'a 7z archive'],
  [{ 0: 'Rar!\x1a\x07' }, 'a RAR archive'],
  [{ 0: '\0', 4: 'ftyp' }, 'a movie or picture (MP4, MOV, HEIC)'],
  [{ 0: '\x1a\x45\xdf\xa3' }, 'a movie (MKV, WebM)'],
  [{ 0: 'RIFF', 8: 'AVI ' }, 'a movie (AVI)'],
  [{ 0: 'RIFF', 8: 'WAVE' }, 'a sound (WAV)'],
  [{ 0: 'GIF87a' }, 'a GIF image'],
  [{ 0: 'GIF89a' }, 'a GIF image'],
  [{ 0: 'SQLite format 3\0' }, 'a SQLite database'],
  [{ 0: 'bplist00' }, 'a property list of macOS'],
  [{ 0: '\x7fELF' }, 'a program'],
];

/** File names near the beginning of a ZIP archive show which program wrote it. */
const ARCHIVES: readonly (readonly [part: RegExp, name: string])[] = [
  [/word\//, 'a Word document (.docx)'],
  [/xl\//, 'an Excel sheet (.xlsx)'],
  [/ppt\//, 'a PowerPoint file (.pptx)'],
  [/mimetypeapplication\/vnd\.oasis/, 'an OpenDocument file (.odt)'],
  [/Index\/Document\.iwa/, 'a Pages document'],
];
const ARCHIVE_HEAD = 4096;

/** "a PNG image"; null = not a known format. */
export function binaryKind(bytes: Buffer): string | null {
  const picture = magicOf(bytes.subarray(0, 16));
  if (picture !== null) return PICTURES[picture];
  const head = bytes.toString('latin1', 0, ARCHIVE_HEAD);
  if (head.startsWith('PK\x03\x04')) return ARCHIVES.find(([part]) => part.test(head))?.[1] ?? 'a ZIP archive';
  return MARKS.find(([marks]) => hasAll(head, marks))?.[1] ?? null;
}

function hasAll(head: string, marks: Readonly<Record<number, string>>): boolean {
  return Object.entries(marks).every(([at, mark]) => head.startsWith(mark, Number(at)));
}
