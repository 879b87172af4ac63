/** A file of the SSH configuration as lines, or why ssh would not read it. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { CosmosError, coerceError, errnoOf } from '../../../errors.js';
import { shownFile } from './position.js';

/** The mode bit "others may write". Group write is accepted: the group may be the owner's own. */
const WRITABLE_BY_OTHERS = 0o002;

/**
 * Lines without their newline; none for a folder, which C reads as empty; undefined when the file does not exist.
 * @param isGuarded the user's own file and all that is included: others must not be able to write it.
 * @throws CosmosError config_invalid for a file that cannot be read or that ssh refuses.
 */
export function readConfigFile(file: string, isGuarded: boolean, home: string): readonly string[] | undefined {
  const fail = (why: string, cause?: unknown) => {
    const message = `The SSH configuration ${shownFile(file, home)} ${why}.`;
    return new CosmosError('config_invalid', message, { file }, { cause });
  };
  const bytes = readBytes(file, isGuarded, fail);
  if (bytes === undefined) return undefined;
  if (/^(\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))) {
    throw fail('is saved as UTF-16, which ssh does not read; save it as UTF-8 without a byte order mark');
  }
  const text = bytes.toString('utf8');
  if (text.startsWith('\uFEFF') && process.platform !== 'win32') {
    throw fail('begins with a byte order mark, which ssh takes for a part of the first word; save it without one');
  }
  return text.replace(/^\uFEFF/, '').split('\n');
}

function readBytes(
  file: string,
  isGuarded: boolean,
  fail: (why: string, cause?: unknown) => Error,
): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r');
    const facts = fstatSync(descriptor);
    if (facts.isDirectory()) return Buffer.alloc(0);
    if (isGuarded && process.platform !== 'win32') {
      const isOurs = facts.uid === 0 || facts.uid === process.getuid?.();
      if (!isOurs) throw fail('belongs to another user, so ssh does not read it; make it yours with chown');
      if ((facts.mode & WRITABLE_BY_OTHERS) !== 0) {
        throw fail('may be written by everybody, so ssh does not read it; run chmod go-w on it');
      }
    }
    return readFileSync(descriptor);
  } catch (error) {
    if (error instanceof CosmosError) throw error;
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw fail(`cannot be read: ${coerceError(error).message}`, error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
