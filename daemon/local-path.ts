/**
 * Compares absolute paths of this machine: Windows ignores case and treats / like \, other systems do not.
 * Tests pass the rules of another system.
 */
import path from 'node:path';

/** True when `target` is `root` or lies below it. */
export function isInside(target: string, root: string, flavour: path.PlatformPath = path): boolean {
  const relative = flavour.relative(root, target);
  const leadsOut = relative === '..' || relative.startsWith(`..${flavour.sep}`) || flavour.isAbsolute(relative);
  return !leadsOut;
}

/** True when both are one path. */
export function isSamePath(a: string, b: string, flavour: path.PlatformPath = path): boolean {
  return flavour.relative(a, b) === '';
}

/** The same text for all spellings of a path: use it as a key of maps and sets. */
export function pathKey(file: string, flavour: path.PlatformPath = path): string {
  const plain = flavour.normalize(file);
  return flavour.sep === '\\' ? plain.toLowerCase() : plain;
}
