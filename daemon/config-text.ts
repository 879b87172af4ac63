/** cosmos.toml as text that is changed by us: read whole, replaced by rename, in the encoding and line ends that it had. */
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
 * @param text to stand in the file instead.
 * @param otherwise what a person can do when it cannot be written. @throws CosmosError config_invalid
 */
export function writeConfigText({ file, form, hasOldEnds }: ConfigText, text: string, otherwise: string): void {
  try {
    writeFileAtomicSync(file, encodeText(hasOldEnds ? text.replaceAll('\n', '\r') : text, form));
  } catch (error) {
    const message = `${file} cannot be written: ${coerceError(error).message}; ${otherwise}`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}

/** The text as the daemon would read it; undefined when it would complain. */
export function tryParse(text: string, file: string): Config | undefined {
  try {
    return parseConfig(text, file);
  } catch {
    return undefined; // who asks knows that the text before the change was fine: the change is not
  }
}
