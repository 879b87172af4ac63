/** The messages between the daemon and its reading process. Both are of the same build. */
import type { AliasConfig } from '../../../schemas/index.js';
import type { FrameWish } from './read-frame.js';

/** As JSON on standard input. */
export interface ReadRequest extends Omit<FrameWish, 'passOf'> {
  readonly files: readonly string[];
  /** Folder below which they must lie, links resolved; null = anywhere. */
  readonly root: string | null;
  readonly aliases: AliasConfig;
}

/** As JSON on standard error, with {@link REFUSED} as exit code: a file, and the rest of a sentence about it. */
export interface Refusal {
  readonly file: string;
  readonly problem: string;
}

export const REFUSED = 3;
