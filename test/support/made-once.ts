/** Files that are dear to make and the same in many tests of a file: made by the first, written out again for the others. */
import { readFileSync, writeFileSync } from 'node:fs';

const made = new Map<string, Promise<Buffer>>();

/** Makes `file` by `make`, unless a file with the same `key` was made in this process: then its bytes are written. */
export async function makeOnce(key: string, file: string, make: (file: string) => Promise<void>): Promise<void> {
  const before = made.get(key);
  if (before !== undefined) {
    writeFileSync(file, await before);
    return;
  }
  const bytes = make(file).then(() => readFileSync(file));
  made.set(key, bytes);
  try {
    await bytes;
  } catch (error) {
    made.delete(key); // the next test makes it itself
    throw error;
  }
}
