/** Reads the bytes of a spec file as NVIDIA's code does: by Python's read_text(), as UTF-8 only. */
import { isUtf8 } from 'node:buffer';
import type { CheckReport, Dialect, Issue } from '../../../schemas/index.js';
import { KINDS } from '../../foreign/kinds.js';
import { decodeBytes, decodeProse } from '../../text/decode.js';
import { ENCODING_NAMES, type TextForm } from '../../text/form.js';
import { TextProblem } from '../../text/problem.js';
import { readBytesSync } from '../../text/read.js';
import { readFile } from './samples.js';

/** What to do about an encoding or a mark that we can read and the models cannot. */
export const SAVE_FOR_MODELS = 'Save it as UTF-8 without a byte order mark; `cosmos spec check --fix` does so.';

/**
 * The file as NVIDIA's code reads it, or why that code cannot read it, with the text in its real encoding where we can.
 */
export type SpecBytes = { readonly text: string } | NotForModels;

export interface NotForModels {
  readonly problem: TextProblem;
  /** What can be decoded of it; enough to recognise the engine. */
  readonly readable: string;
  /** All of `readable` is the text, in another encoding than the models read. */
  readonly encoding?: string;
}

/** A byte order mark of UTF-8 stays in the text, because Python's reader fails on it. */
export function decodeSpec(bytes: Uint8Array): SpecBytes {
  const decoded = decodeBytes(bytes);
  if (decoded instanceof TextProblem) return { problem: decoded, readable: Buffer.from(bytes).toString('latin1') };
  const { text, form } = decoded;
  const problem = problemOfForm(form);
  if (problem !== null) return { problem, readable: text, encoding: ENCODING_NAMES[form.encoding] };
  return { text: form.bom ? `\ufeff${text}` : text };
}

/** Why the models cannot read a text that we can read. */
function problemOfForm({ encoding }: TextForm): TextProblem | null {
  if (encoding === 'utf-8') return null;
  const what = `this is ${ENCODING_NAMES[encoding]}, and the models read UTF-8`;
  return new TextProblem(what, 'save it as UTF-8', { line: 1, column: 1 });
}

/** Why the models cannot read the file of a prompt, as a clause; undefined = they can, or it cannot be opened. */
export function promptProblem(file: string): string | undefined {
  try {
    const bytes = readBytesSync(file, KINDS.prompt);
    const decoded = bytes instanceof TextProblem ? bytes : decodeProse(bytes);
    const problem = decoded instanceof TextProblem ? decoded : problemOfForm(decoded.form);
    return problem?.sentence;
  } catch {
    return undefined; // NVIDIA's reader complains of the path itself
  }
}

/** The report on a file that is no text: read_text() raises before any spec is looked at (config.py:372-381). */
export function reportNotText(
  file: string,
  bytes: Uint8Array,
  engine: Dialect | undefined,
  { problem, readable, encoding }: NotForModels,
): CheckReport {
  const { what, remedy, place } = problem;
  return reportUnread(file, engine ?? readFile(file, readable).engine, {
    code: isUtf8(bytes) ? 'JSONDecodeError' : 'UnicodeDecodeError',
    message: what.replace(/^this/, 'the file'),
    fix: encoding === undefined ? `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.` : SAVE_FOR_MODELS,
    ...(place ?? { line: 1, column: 1 }),
  });
}

export type Unread = Pick<Issue, 'code' | 'message' | 'fix' | 'line' | 'column'>;

/** The report on a file that NVIDIA's code cannot even open or decode. */
export function reportUnread(file: string, engine: Dialect, { line, column, ...what }: Unread): CheckReport {
  const place = { line, column, endLine: line, endColumn: column + 1 };
  const issue: Issue = { severity: 'error', source: 'nvidia', path: [], ...place, ...what };
  return { file, engine, nvidia: 'rejects', stage: 'parse', ok: false, issues: [issue] };
}
