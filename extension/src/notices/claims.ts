/**
 * Which of several windows tells of something: the one that makes a file of its name first. All windows of one VS Code
 * share the folder, and making a file that must not exist is atomic.
 */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Milliseconds after which no window can still want to tell of it. */
const OLD = 3_600_000;

export class Claims {
  constructor(private readonly folder: string) {}

  /** Whether this window is the one. */
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

  /** Removes what is old by the file system's clock. @param now milliseconds since 1970 */
  async tidy(now: number): Promise<void> {
    const names = await readdir(this.folder).catch(() => []); // no folder yet: nothing was ever claimed
    for (const name of names) {
      const file = path.join(this.folder, name);
      const made = await stat(file).catch(() => undefined); // another window tidies as well
      if (made !== undefined && now - made.mtimeMs > OLD) await rm(file, { force: true });
    }
  }
}
