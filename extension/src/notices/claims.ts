/**
 * Decides which of several windows shows a notice: the one that creates the file of its name first. All windows of one
 * VS Code share the folder, and creating a file that must not exist is atomic.
 */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Milliseconds after which no window can still show the notice. */
const OLD = 3_600_000;

export class Claims {
  constructor(private readonly folder: string) {}

  /** Whether this window shows it. */
  async claim(name: string): Promise<boolean> {
    await mkdir(this.folder, { recursive: true });
    try {
      const file = await open(path.join(this.folder, encodeURIComponent(name)), 'wx');
      await file.close();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Removes files that are old by the file system's clock. @param now milliseconds since 1970 */
  async tidy(now: number): Promise<void> {
    const names = await readdir(this.folder).catch(() => []); // no folder yet, so there are no files
    for (const name of names) {
      const file = path.join(this.folder, name);
      const made = await stat(file).catch(() => undefined); // another window may have removed it
      if (made !== undefined && now - made.mtimeMs > OLD) await rm(file, { force: true });
    }
  }
}
