/** The bytes of a spec file as text, as Python's read_text() takes them: UTF-8 and nothing else. */
import type { CheckReport, Dialect, Issue } from '../../schemas/index.js';
import { Positions } from './positions.js';
import { readFile } from './samples.js';

/** A byte order mark stays in the text: Python's reader stumbles over it. */
const OPTIONS = { ignoreBOM: true } as const;

export interface NotUtf8 {
  /** Bytes before the first one that is no UTF-8. */
  readonly offset: number;
  readonly byte: number;
}

/** @returns the text, or where it stops being one */
export function decodeSpec(bytes: Uint8Array): string | NotUtf8 {
  try {
    return new TextDecoder('utf-8', { ...OPTIONS, fatal: true }).decode(bytes);
  } catch {
    // A replacement character is three bytes that were not there: the first difference is the first wrong byte.
    const again = new TextEncoder().encode(lenient(bytes));
    const found = bytes.findIndex((byte, index) => byte !== again[index]);
    const offset = found < 0 ? bytes.length - 1 : found;
    return { offset, byte: bytes[offset] ?? 0 };
  }
}

/** The report on a file that is no text: read_text() raises before any spec is looked at (config.py:372-381). */
export function reportNotUtf8(file: string, bytes: Uint8Array, engine: Dialect | undefined, at: NotUtf8): CheckReport {
  const text = lenient(bytes);
  const before = lenient(bytes.subarray(0, at.offset), { stream: true });
  const hex = at.byte.toString(16).toUpperCase().padStart(2, '0');
  return reportUnread(file, engine ?? readFile(file, text).engine, {
    code: 'UnicodeDecodeError',
    message: `the file is not UTF-8: byte ${hex} begins no character`,
    fix: 'Save it as UTF-8 (without a byte order mark) in your editor.',
    ...new Positions(text).at(before.length),
  });
}

export type Unread = Pick<Issue, 'code' | 'message' | 'fix' | 'line' | 'column'>;

/** The report on a file that NVIDIA's code cannot even open or decode. */
export function reportUnread(file: string, engine: Dialect, { line, column, ...what }: Unread): CheckReport {
  const place = { line, column, endLine: line, endColumn: column + 1 };
  const issue: Issue = { severity: 'error', source: 'nvidia', path: [], ...place, ...what };
  return { file, engine, nvidia: 'rejects', stage: 'parse', ok: false, issues: [issue] };
}

function lenient(bytes: Uint8Array, options: { stream?: boolean } = {}): string {
  return new TextDecoder('utf-8', OPTIONS).decode(bytes, options);
}
