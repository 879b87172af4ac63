/** The configured aliases of passes: word -> pass. Pure. */
import type { AliasConfig, PassName } from '../../schemas/index.js';

/** Finds the pass of a word; case does not matter. */
export function wordReader(aliases: AliasConfig): (word: string) => PassName | null {
  const passes = Object.entries(aliases) as [PassName, readonly string[]][];
  const words = new Map(passes.flatMap(([pass, names]) => names.map((name) => [name.toLowerCase(), pass])));
  return (word) => words.get(word.toLowerCase()) ?? null;
}
