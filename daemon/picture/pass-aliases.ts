/** Words for passes, by the aliases of the configuration. Pure. */
import type { AliasConfig, PassName } from '../../schemas/index.js';

/** The pass that a single word stands for, whatever its case. */
export function wordReader(aliases: AliasConfig): (word: string) => PassName | null {
  const passes = Object.entries(aliases) as [PassName, readonly string[]][];
  const words = new Map(passes.flatMap(([pass, names]) => names.map((name) => [name.toLowerCase(), pass])));
  return (word) => words.get(word.toLowerCase()) ?? null;
}
