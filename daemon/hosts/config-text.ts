/** cosmos.toml as text that is changed by us: read whole, replaced by rename. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../schemas/index.js';
import { parseConfig } from '../config.js';
import { CosmosError, coerceError, errnoOf } from '../errors.js';
import { writeFileAtomicSync } from '../write-file.js';

/** A file that does not exist yet is an empty one. @throws CosmosError config_invalid */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return '';
    const message = `${file} cannot be read: ${coerceError(error).message}.`;
    throw new CosmosError('config_invalid', message, { file }, { cause: error });
  }
}

/** @param otherwise what a person can do when it cannot be written. @throws CosmosError config_invalid */
export function writeText(file: string, text: string, otherwise: string): void {
  try {
    writeFileAtomicSync(file, text);
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
