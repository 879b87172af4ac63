/**
 * How often each value of a clip occurs, in bounded memory. Values come as codes: integers that rise with the value,
 * such as the bits of a positive float. Codes that differ only in their last `shift` bits share a bin, and each bin
 * knows the smallest and the largest code it was given.
 */
export class CodeTally {
  /** Values counted so far. A double: 10,000 frames of 8K hold more pixels than 32 bits can count. */
  count = 0;
  private readonly counts: Float64Array;
  private readonly lows: Uint32Array;
  private readonly highs: Uint32Array;

  /** @param bits of a code; the memory is 16 x 2^(bits - shift) bytes. */
  constructor(
    bits: number,
    private readonly shift: number,
  ) {
    const bins = 2 ** (bits - shift);
    this.counts = new Float64Array(bins);
    this.lows = new Uint32Array(bins).fill(0xffffffff);
    this.highs = new Uint32Array(bins);
  }

  add(code: number): void {
    const bin = code >>> this.shift;
    this.counts[bin] = (this.counts[bin] ?? 0) + 1;
    if (code < (this.lows[bin] ?? 0)) this.lows[bin] = code;
    if (code > (this.highs[bin] ?? 0)) this.highs[bin] = code;
    this.count++;
  }

  /**
   * The codes between which all values lie but the `outside` lowest and the `outside` highest. Both are values that
   * occur; within its bin each is the outermost one, so that too little is left out rather than too much.
   * Undefined = nothing was counted.
   */
  between(outside: number): { readonly low: number; readonly high: number } | undefined {
    if (this.count === 0) return undefined;
    const low = this.lows[this.binAt(outside)] ?? 0;
    const high = this.highs[this.binAt(this.count - 1 - outside)] ?? 0;
    return { low, high };
  }

  /** How many values have a smaller code; of the bin that `code` is in, none. */
  below(code: number): number {
    return this.counts.subarray(0, code >>> this.shift).reduce((sum, count) => sum + count, 0);
  }

  /** How many values have a larger code; of the bin that `code` is in, none. */
  above(code: number): number {
    return this.counts.subarray((code >>> this.shift) + 1).reduce((sum, count) => sum + count, 0);
  }

  /** How many values the highest bin with any holds, how many other bins there are, and the largest code in those. */
  lastBin(): { readonly count: number; readonly others: number; readonly before: number } {
    const last = this.counts.findLastIndex((count) => count > 0);
    const rest = this.counts.subarray(0, Math.max(0, last));
    const others = rest.reduce((bins, count) => (count > 0 ? bins + 1 : bins), 0);
    const before = this.highs[rest.findLastIndex((count) => count > 0)] ?? 0;
    return { count: this.counts[last] ?? 0, others, before };
  }

  /** Forgets the values of the highest bin. */
  dropLast(): void {
    const last = this.counts.findLastIndex((count) => count > 0);
    this.count -= this.counts[last] ?? 0;
    this.counts[last] = 0;
  }

  /** The bin of the value that `rank` values precede in rising order. */
  private binAt(rank: number): number {
    let passed = 0;
    return this.counts.findIndex((count) => {
      passed += count;
      return passed > rank;
    });
  }
}
