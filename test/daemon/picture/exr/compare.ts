/** How far two planes are from each other. */
export interface Difference {
  /** Samples that are not bit-equal; a NaN equals every NaN, because processors change the bits of one on the way. */
  readonly samples: number;
  /** In steps of a half: 1 is the next number that a half can hold. */
  readonly worstHalfSteps: number;
}

export type Samples = Float32Array | Uint32Array;

/**
 * @param curve what the file holds, where that is not what is read: steps are counted in the coarser of both.
 * @throws when they cannot be compared: other type or other length.
 */
export function difference(expected: Samples, found: Samples, curve?: (value: number) => number): Difference {
  if (expected.constructor !== found.constructor || expected.length !== found.length) {
    throw new Error(`${expected.constructor.name} of ${expected.length}, ${found.constructor.name} of ${found.length}`);
  }
  const [left, right] = [bits(expected), bits(found)];
  let samples = 0;
  let worstHalfSteps = 0;
  for (let index = 0; index < left.length; index++) {
    const [a = 0, b = 0] = [left[index], right[index]];
    if (a === b || (expected instanceof Float32Array && isNan(a) && isNan(b))) continue;
    samples += 1;
    if (expected instanceof Float32Array) {
      const [wanted, got] = [expected[index] ?? 0, found[index] ?? 0];
      const steps = Math.min(stepsBetween(wanted, got), curve ? stepsBetween(curve(wanted), curve(got)) : Infinity);
      worstHalfSteps = Math.max(worstHalfSteps, steps);
    }
  }
  return { samples, worstHalfSteps };
}

function bits(plane: Samples): Uint32Array {
  return new Uint32Array(plane.buffer, plane.byteOffset, plane.length);
}

function isNan(pattern: number): boolean {
  return (pattern & 0x7fffffff) > 0x7f800000;
}

/** What DWA stores instead of a linear value: its root of 2.2, beyond 1 its logarithm (ImfDwaCompressor.cpp). */
export function perceptual(value: number): number {
  const size = Math.abs(value);
  return Math.sign(value) * (size <= 1 ? size ** (1 / 2.2) : 1 + Math.log(size) / 2.2);
}

function stepsBetween(a: number, b: number): number {
  const steps = Math.abs(halfStep(a) - halfStep(b));
  return Number.isNaN(steps) ? Infinity : steps;
}

/** The number of halves between 0 and a value, with its sign and with fractions. */
function halfStep(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** -14) return (value / 2 ** -14) * 1024;
  const exponent = Math.floor(Math.log2(size));
  return Math.sign(value) * ((exponent + 15) * 1024 + (size / 2 ** exponent - 1) * 1024);
}
