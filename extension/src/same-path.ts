/** Compares two absolute paths by the rules of the system. */
import path from 'node:path';

/** Whether two absolute paths are one: VS Code writes drive letters small, and Windows tells no cases apart. */
export function isSamePath(a: string, b: string, flavour: path.PlatformPath = path): boolean {
  return flavour.relative(a, b) === '';
}
