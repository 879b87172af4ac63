/** Compares two absolute paths by the rules of the system. */
import path from 'node:path';

/** Whether two absolute paths are equal. VS Code writes drive letters in lower case, and Windows ignores case. */
export function isSamePath(a: string, b: string, flavour: path.PlatformPath = path): boolean {
  return flavour.relative(a, b) === '';
}
