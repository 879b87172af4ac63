import { expect, test } from 'vitest';
import { floatToHalf, HALF_TO_BITS, HALF_TO_FLOAT } from '../../../daemon/picture/half.js';

test('every half float survives the way there and back; a NaN stays one', () => {
  for (let half = 0; half < 65_536; half++) {
    const value = HALF_TO_FLOAT[half] ?? 0;
    if (Number.isNaN(value)) expect(Number.isNaN(HALF_TO_FLOAT[floatToHalf(value)])).toBe(true);
    else expect(floatToHalf(value)).toBe(half);
  }
});

test('what lies between two half floats becomes the nearer, and of two as near the even one', () => {
  for (let half = 1; half < 0x7bff; half++) {
    const [low, high] = [HALF_TO_FLOAT[half] ?? 0, HALF_TO_FLOAT[half + 1] ?? 0];
    expect(floatToHalf(low + (high - low) * 0.4999)).toBe(half);
    expect(floatToHalf(low + (high - low) * 0.5001)).toBe(half + 1);
    expect(floatToHalf((low + high) / 2)).toBe(half % 2 === 0 ? half : half + 1);
  }
});

test('what is too large is infinite, what is too small nothing', () => {
  expect([65_519, 65_520, 1e30, Number.POSITIVE_INFINITY].map(floatToHalf)).toEqual([0x7bff, 0x7c00, 0x7c00, 0x7c00]);
  expect([2 ** -25, 2 ** -26, -(2 ** -30)].map(floatToHalf)).toEqual([0, 0, 0x8000]);
});

test('a NaN keeps its payload, the signs of zero are kept', () => {
  expect(HALF_TO_BITS[0x7e01]).toBe(0x7fc02000);
  expect(HALF_TO_BITS[0x8000]).toBe(0x80000000);
});
