/** The Houdini versions this plugin is made for, with the Python each of them runs. */

/** Houdini 20.5 and 21.0 run Python 3.11, Houdini 22.0 runs 3.13: each loads only the libs folder of its own. */
const PYTHON = new Map([
  ['20.5', '3.11'],
  ['21.0', '3.11'],
  ['22.0', '3.13'],
]);

export const SUPPORTED: readonly string[] = [...PYTHON.keys()];

/** `newer` = newer than all versions that the plugin was tested with; it may work. */
export type Support = 'supported' | 'older' | 'newer';

/** `version` such as "21.0"; one between two that we know counts as newer. */
export function supportOf(version: string): Support {
  if (PYTHON.has(version)) return 'supported';
  return SUPPORTED.some((known) => compareVersions(known, version) < 0) ? 'newer' : 'older';
}

/** Such as "3.11"; undefined for a Houdini we do not know. */
export function pythonOf(version: string): string | undefined {
  return PYTHON.get(version);
}

/** Negative when `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
