import { describe, expect, it } from 'vitest';
import { BlurFilter, EdgeFilter } from '../../../../daemon/workload/preview/filters.js';

const SIZE = { width: 16, height: 12 };

/** Grey rgb24 pixels. */
function frame(level: (x: number, y: number) => number): Uint8Array {
  const { width, height } = SIZE;
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return level(pixel % width, Math.floor(pixel / width));
  });
}

describe('EdgeFilter', () => {
  it('draws a line where the picture steps, whichever way it steps, and nothing else', () => {
    const filter = new EdgeFilter(SIZE, 'medium');
    const upright = filter.apply(frame((x) => (x < 8 ? 20 : 200)));
    expect([...upright.subarray(5 * 16, 6 * 16)].map((value) => value > 0)).toEqual(
      Array.from({ length: 16 }, (_, x) => x === 7 || x === 8),
    );
    const level = filter.apply(frame((_, y) => (y < 6 ? 200 : 20)));
    expect(Array.from({ length: 12 }, (_, y) => (level[y * 16 + 8] ?? 0) > 0)).toEqual(
      Array.from({ length: 12 }, (_, y) => y === 5 || y === 6),
    );
    expect(new Set(filter.apply(frame(() => 77)))).toEqual(new Set([0]));
  });

  it('shows a weak edge only at a low threshold', () => {
    const weak = frame((x) => (x < 8 ? 100 : 130));
    const shown = (['very_low', 'low', 'medium', 'high'] as const).map(
      (strength) => Math.max(...new EdgeFilter(SIZE, strength).apply(weak)) > 0,
    );
    expect(shown).toEqual([true, true, true, false]);
  });
});

describe('BlurFilter', () => {
  it('keeps a flat picture and the mean, and softens a step', () => {
    const filter = new BlurFilter(SIZE, 'very_high');
    expect(new Set(filter.apply(frame(() => 77)))).toEqual(new Set([77]));
    const row = [...filter.apply(frame((x) => (x < 8 ? 0 : 240)))].filter((_, at) => at % 3 === 0).slice(0, 16);
    expect(row.slice(6, 10)).toEqual([0, 80, 160, 240]);
  });
});
