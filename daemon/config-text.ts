/** Edits the text of cosmos.toml: read whole, replaced by rename; its encoding and line ends are kept. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../schemas/index.js';
import { parseConfig } from './config.js';
import { CosmosError, coerceError, errnoOf } from './errors.js';
import { KINDS } from './foreign/kinds.js';
import { encodeText, type TextForm } from './text/form.js';
import { withLineFeeds } from './text/lines.js';
import { readTextSync } from './text/read.js';
import { writeFileAtomicSync } from './write-file.js';

export interface ConfigText {
  readonly file: string;
  /** Lines end with LF or CRLF. */
  readonly text: string;
  readonly form: TextForm;
  /** In the file all lines end with CR alone. */
  readonly hasOldEnds: boolean;
}

/** A file that does not exist yet is an empty one. @throws CosmosError config_invalid */
export function readConfigText(file: string): ConfigText {
  try {
    const { text, form } = readTextSync(file, 'config_invalid', KINDS.configuration);
    const hasOldEnds = text.includes('\r') && !text.includes('\n');
    return { file, text: withLineFeeds(text), form, hasOldEnds };
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    if (errnoOf(error) === 'ENOENT') {
      return { file, text: '', form: { encoding: 'utf-8', bom: false }, hasOldEnds: false };
    }
    const message = `${file} cannot be read: ${coerceError(error).message}.`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}

/**
 * @param text the new content; if the file has changed since it was read, it is not written.
 * @param otherwise what the user can do when it cannot be written. @throws CosmosError config_invalid
 */
export function writeConfigText(read: ConfigText, text: string, otherwise: string): void {
  const { file, form, hasOldEnds } = read;
  if (!isDeepStrictEqual(readConfigText(file), read)) {
    throw new CosmosError('config_invalid', `${file} was changed by another program just now; try again.`, { file });
  }
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileAtomicSync(file, encodeText(hasOldEnds ? text.replaceAll('\n', '\r') : text, form));
  } catch (error) {
    const message = `${file} cannot be written: ${coerceError(error).message}; ${otherwise}`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}

/** The configuration that the daemon would read from the text; undefined when it is not valid. */
export function tryParse(text: string, file: string): Config | undefined {
  try {
    return parseConfig(text, file);
  } catch {
    return undefined; // the text before the change was valid, so the change is wrong
  }
}
