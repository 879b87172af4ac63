/** Repeatable pseudo-random numbers: the same seed gives the same picture on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
    for (let warmUp = 0; warmUp < 4; warmUp++) this.next(); // otherwise neighbouring seeds would begin alike
  }

  /** 0 (included) to 1. A linear congruential generator, multiplier and increment of Numerical Recipes 7.1. */
  next(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }
}
