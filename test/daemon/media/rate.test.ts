import { expect, test } from 'vitest';
import { rateOf } from '../../../daemon/media/rate.js';

const FILM = { num: 24, den: 1 };
const NTSC = { num: 24_000, den: 1001 };
const at = (fps: number, count: number) => Array.from({ length: count }, (_, i) => i / fps);

test('a constant rate is the one that the time stamps keep', () => {
  expect(rateOf(at(24, 100), [FILM])).toEqual({ fps: FILM, constant: true });
  expect(rateOf(at(24_000 / 1001, 2000), [FILM, NTSC])).toEqual({ fps: NTSC, constant: true });
});

test('order, a start of its own and whole milliseconds do not matter', () => {
  const times = at(24, 50).map((time) => 5 + Math.round(time * 1000) / 1000);
  expect(rateOf(times.reverse(), [FILM])).toEqual({ fps: FILM, constant: true });
});

test('two fields that agree by chance do not make a rate constant', () => {
  const times = [0, 1, 2, 6, 7, 8].map((tick) => tick / 24);
  expect(rateOf(times, [FILM, FILM])).toEqual({
    fps: { num: 15, den: 1 },
    constant: false,
    range: [expect.closeTo(6), expect.closeTo(24)],
  });
});

test('a rate that no header could mean is rounded to whole frames, at least one', () => {
  expect(rateOf([0, 10, 30], [{ num: 90_000, den: 1 }]).fps).toEqual({ num: 1, den: 1 });
});

test('a single frame and missing time stamps say nothing against the header', () => {
  expect(rateOf([0], [FILM])).toEqual({ fps: FILM, constant: true });
  expect(rateOf([], [FILM])).toEqual({ fps: FILM, constant: true });
  expect(rateOf([], [{ num: 0, den: 0 }])).toEqual({ fps: { num: 1, den: 1 }, constant: true });
});
