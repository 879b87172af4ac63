/** The facts of a file, or undefined where there is none. */
import { type Stats, statSync } from 'node:fs';

/** undefined when there is nothing at the path, or nothing that this person may look at. */
export function fileStats(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}
