/** How a text lies in a file: its encoding and its byte order mark. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

export interface TextForm {
  readonly encoding: Encoding;
  readonly bom: boolean;
}

export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'utf-32le': 'UTF-32',
  'utf-32be': 'UTF-32 (big-endian)',
};

const BOM = '\ufeff';

/** Longer marks first: that of UTF-16 begins that of UTF-32. */
const ENCODINGS = ['utf-32le', 'utf-32be', 'utf-16le', 'utf-16be', 'utf-8'] as const satisfies readonly Encoding[];

/** The encoding by the mark at the beginning; null = no mark. */
export function formByMark(bytes: Buffer): { readonly form: TextForm; readonly rest: Buffer } | null {
  for (const encoding of ENCODINGS) {
    const mark = encode(BOM, encoding);
    const isWhole = !encoding.startsWith('utf-32') || bytes.length % 4 === 0; // else it is UTF-16 that begins with a NUL
    if (isWhole && bytes.subarray(0, mark.length).equals(mark)) {
      return { form: { encoding, bom: true }, rest: bytes.subarray(mark.length) };
    }
  }
  return null;
}

/** The bytes of a text in the form that it had. */
export function encodeText(text: string, { encoding, bom }: TextForm): Buffer {
  return encode((bom ? BOM : '') + text, encoding);
}

function encode(text: string, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf-32le':
      return utf32(text);
    case 'utf-32be':
      return utf32(text).swap32();
  }
}

function utf32(text: string): Buffer {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const bytes = Buffer.alloc(codes.length * 4);
  for (const [index, code] of codes.entries()) bytes.writeUInt32LE(code, index * 4);
  return bytes;
}
