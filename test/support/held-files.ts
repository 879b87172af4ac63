/** Files that another program holds, as Windows has them: opening one fails until it is let go. */
import type * as promises from 'node:fs/promises';
import path from 'node:path';

/** Names of files that cannot be opened now, and with which error. */
export const heldFiles = new Map<string, string>();

export function systemError(code: string, words = 'resource busy or locked'): Error {
  return Object.assign(new Error(`${code}: ${words}, open`), { code, syscall: 'open' });
}

/** For `vi.mock('node:fs/promises', ...)`: the real module, but for the held files. */
export function withHeldFiles(real: typeof promises): typeof promises {
  const open: typeof promises.open = async (file, ...rest) => {
    const code = heldFiles.get(path.basename(String(file)));
    if (code !== undefined) throw systemError(code);
    return real.open(file, ...rest);
  };
  return { ...real, open };
}
