/** An entry of the catalogue of failures (daemon/engine/failures.ts). */
import type { FailureClass } from '../../../schemas/index.js';

export interface KnownFailure {
  readonly code: string;
  readonly class: FailureClass;
  /** Of the lines of a log joined by \n. Its first group may be put into the sentence. */
  readonly pattern?: RegExp;
  /** Fit where no pattern does. 128 + n = ended by signal n. */
  readonly exitCodes?: readonly number[];
  /** "%" stands for the first group of the pattern. */
  readonly sentence: string;
  readonly remedy: string;
}
