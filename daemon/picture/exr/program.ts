/** What the daemon and its reading process say to each other. Both are of the same build. */
import type { AliasConfig, PassName } from '../../../schemas/index.js';
import type { FrameWish } from './frame.js';

/** As JSON on standard input. */
export interface ReadRequest extends Pick<FrameWish, 'pass' | 'layer' | 'width' | 'height' | 'kind' | 'whole'> {
  readonly files: readonly string[];
  readonly aliases: AliasConfig;
}

/** As JSON on standard error, with {@link REFUSED} as exit code: a file, and the rest of a sentence about it. */
export interface Refusal {
  readonly file: string;
  readonly problem: string;
}

export const REFUSED = 3;

/** The pass that a single word stands for, whatever its case. */
export function wordReader(aliases: AliasConfig): (word: string) => PassName | null {
  const passes = Object.entries(aliases) as [PassName, readonly string[]][];
  const words = new Map(passes.flatMap(([pass, names]) => names.map((name) => [name.toLowerCase(), pass])));
  return (word) => words.get(word.toLowerCase()) ?? null;
}
