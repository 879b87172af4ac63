/** The shared libraries that programs of this machine need, by ldd. */
import { execute } from '../execute.js';

/** Absolute paths, as the loader would open them; the loader itself is among them. Throws when one is missing. */
export async function sharedLibraries(files: readonly string[]): Promise<string[]> {
  const { stdout } = await execute(['ldd', ...files]); // its exit code also speaks of scripts and static programs
  const missing = /^\s*(\S+) => not found/m.exec(stdout);
  if (missing !== null) throw new Error(`ldd does not find ${missing[1]}, which one of ${files.join(', ')} needs.`);
  const found = [...stdout.matchAll(/^\s+(?:\S+ => )?(\/\S+) \(0x/gm)].map(([, file = '']) => file);
  return [...new Set(found)];
}
