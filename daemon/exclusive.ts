/** Gives a complete file its final name in one step, unless the name is taken. */
import { constants, copyFileSync, linkSync } from 'node:fs';
import { errnoOf } from './errors.js';

/**
 * File systems without hard links (exFAT, some network shares) answer with one of these; EISDIR is what libuv makes of
 * ERROR_INVALID_FUNCTION, the answer of Windows.
 */
const NO_LINKS = ['EISDIR', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'];

/** Gives the finished file `from` the further name `to`; false when that name is taken. */
export function linkExclusive(from: string, to: string): boolean {
  try {
    linkOrCopy(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!NO_LINKS.includes(errnoOf(error) ?? '')) throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
}
