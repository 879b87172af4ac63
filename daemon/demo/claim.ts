/** One claim of the demo, and whether the measured facts bear it out. */
export interface Proof {
  readonly holds: boolean;
  /** What was proved, in one sentence. */
  readonly claim: string;
  /** What was seen instead, when it does not hold. */
  readonly instead: string;
}
