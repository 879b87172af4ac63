/**
 * Absolute paths of this machine compared: Windows tells no large from small letters and takes / for \, the others do.
 * Tests bring the rules of another system.
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

/** The same text for all ways to write one path: a key of maps and sets. */
export function pathKey(file: string, flavour: path.PlatformPath = path): string {
  const plain = flavour.normalize(file);
  return flavour.sep === '\\' ? plain.toLowerCase() : plain;
}
