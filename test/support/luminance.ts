/** How much two pictures look alike, measured independently of the code under test. */

/** BT.709 luminance of rgb24 pixels, 0..255 (ITU-R BT.709-6, 3.2). */
export function luminanceOf(rgb: Uint8Array): number[] {
  return Array.from({ length: rgb.length / 3 }, (_, pixel) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(pixel * 3, pixel * 3 + 3);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  });
}

/** Pearson's correlation coefficient, -1..1. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, varianceA, varianceB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const [fromA, fromB] = [value - meanA, (b[index] ?? 0) - meanB];
    both += fromA * fromB;
    varianceA += fromA ** 2;
    varianceB += fromB ** 2;
  }
  return both / Math.sqrt(varianceA * varianceB);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
