/** The facts of a file, or undefined where there is none. */
import { type Stats, statSync } from 'node:fs';

/** undefined if the path does not exist or may not be read. */
export function fileStats(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
