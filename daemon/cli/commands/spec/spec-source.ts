/** Reads a spec file for a command: its text, or a report on why there is none. */
import { statSync } from 'node:fs';
import type { Dialect } from '../../../../schemas/index.js';
import type { CheckReport } from '../../../../schemas/received.js';
import { CosmosError, coerceError, errnoOf } from '../../../errors.js';
import { KINDS } from '../../../foreign/kinds.js';
import { TextProblem } from '../../../text/problem.js';
import { readBytesSync } from '../../../text/read.js';
import { decodeSpec, reportNotText, reportUnread } from '../../../workload/dialects/bytes.js';
import { existingPath } from '../../references.js';

export interface SpecSource {
  /** The path as it was typed; reports and messages use it. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** The encoding of the file, where it is not UTF-8. */
  readonly encoding?: string;
}

export interface Unreadable {
  readonly report: CheckReport;
  /** Why nothing could be read; the report says the same to programs. */
  readonly error?: CosmosError;
  /** The text of a file whose encoding the models cannot read; saved as UTF-8 it would be this. */
  readonly decoded?: SpecSource;
}

export async function readSpec(file: string, engine: Dialect | undefined): Promise<SpecSource | Unreadable> {
  try {
    const path = await existingPath(file);
    if (statSync(path).isDirectory()) throw folder(file);
    const bytes = readBytesSync(path, KINDS.spec);
    if (bytes instanceof TextProblem) throw bytes.toError(file, 'usage');
    const read = decodeSpec(bytes);
    if ('text' in read) return { file, path, ...read };
    const { readable: text, encoding } = read;
    const report = reportNotText(file, bytes, engine, read);
    return encoding === undefined ? { report } : { report, decoded: { file, path, text, encoding } };
  } catch (thrown) {
    const error = thrown instanceof CosmosError ? thrown : unreadable(file, thrown);
    const message = error.message.replace(/\.$/, '');
    const unread = { code: exceptionOf(error), message, line: 1, column: 1 };
    return { report: reportUnread(file, engine ?? 'transfer2.5', unread), error };
  }
}

function folder(file: string): CosmosError {
  const cause = Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  const message = `${file} is a folder: name the spec files in it, such as "${file.replace(/[\\/]+$/, '')}/*.json".`;
  return new CosmosError('usage', message, {}, { cause });
}

function unreadable(file: string, thrown: unknown): CosmosError {
  const why = errnoOf(thrown) === 'EACCES' ? 'you may not read it' : coerceError(thrown).message;
  return new CosmosError('not_found', `${file} cannot be read: ${why}.`, {}, { cause: thrown });
}

/** What Python raises when it opens the file. */
function exceptionOf({ cause, code }: CosmosError): string {
  if (cause === undefined) return code === 'not_found' ? 'FileNotFoundError' : 'OSError';
  switch (errnoOf(cause)) {
    case 'EISDIR':
      return 'IsADirectoryError';
    case 'EACCES':
    case 'EPERM':
      return 'PermissionError';
    default:
      return 'OSError';
  }
}
