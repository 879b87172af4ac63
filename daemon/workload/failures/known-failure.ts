/** An entry of the catalogue of failures (daemon/workload/failures/all.ts). */
import type { FailureClass } from '../../../schemas/index.js';

export interface KnownFailure {
  readonly code: string;
  readonly class: FailureClass;
  /** Of the telling lines of a log (trouble.ts) joined by \n. Its first group may be put into sentence and remedy. */
  readonly pattern?: RegExp;
  /** Fit where no pattern does. 128 + n = ended by signal n. */
  readonly exitCodes?: readonly number[];
  /** Where in the log to look for the thing it happened to, when the pattern names none: a line's first group. */
  readonly thing?: RegExp;
  /**
   * Its lines are also printed by good runs, or follow from another failure (ranks that complain about one that died).
   * The entry counts only where every exception has an explanation.
   */
  readonly isWeak?: true;
  /**
   * Never retried automatically, although another slot or a later try might help, because the GPU time would be paid
   * for twice.
   */
  readonly isFinal?: true;
  /** "%" stands for the first group of the pattern, or for the thing; what is in braces is left out where there is none. */
  readonly sentence: string;
  readonly remedy: string;
  /** Where the lines are known from: public threads as owner/repo#N, files of programs, or what the host does. */
  readonly source: string;
}
