/** One line of `cosmos doctor`. */
export interface Finding {
  readonly name: string;
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was found. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}
