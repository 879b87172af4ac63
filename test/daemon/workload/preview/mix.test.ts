import { describe, expect, test } from 'vitest';
import { styleOf } from '../../../../daemon/workload/preview/grade.js';
import { type Layer, Mixer } from '../../../../daemon/workload/preview/mix.js';
import { HintKey } from '../../../../schemas/index.js';
import { correlation, luminanceOf } from '../../../support/luminance.js';
import { seededRandom } from '../../../support/random.js';

const SIZE = { width: 48, height: 32 };
const WEIGHTS = [0, 0.25, 0.5, 1];
/** Every time of day and every weather, and none. */
const PROMPTS = [
  'a street',
  'a neon street at night, rain',
  'a castle at dusk',
  'a harbour at dawn in fog',
  'a village in a blizzard',
  'a burning forest at night',
  'a desert road at sunset',
];

type Pictures = Readonly<Record<HintKey | 'color', Uint8Array>>;

/** Overlapping rectangles of random grey or colour: parts of the pictures agree by chance, most do not. */
function rectangles(random: () => number, channels: 1 | 3): Uint8Array {
  const { width, height } = SIZE;
  const picture = new Uint8Array(width * height * channels);
  for (let count = 0; count < 14; count++) {
    const value = Array.from({ length: channels }, () => random() * 256);
    const [left, top] = [Math.floor(random() * width * 0.9), Math.floor(random() * height * 0.9)];
    const [right, bottom] = [left + random() * 20, top + random() * 14];
    for (let y = top; y < Math.min(height, bottom); y++) {
      for (let x = left; x < Math.min(width, right); x++) picture.set(value, (y * width + x) * channels);
    }
  }
  return picture;
}

function pictures(seed: number): Pictures {
  const random = seededRandom(seed);
  return {
    color: rectangles(random, 3),
    edge: rectangles(random, 1),
    depth: rectangles(random, 1),
    seg: rectangles(random, 3),
    vis: rectangles(random, 3),
  };
}

function lumaOf(hint: HintKey, pixels: Uint8Array): readonly number[] {
  return hint === 'edge' || hint === 'depth' ? [...pixels] : luminanceOf(pixels);
}

/** Correlation of the mixed frame with the control, for each weight of it. */
function correlations(hint: HintKey, prompt: string, seed: number, given: Pictures, others: number | 'none'): number[] {
  const mixer = new Mixer(SIZE, styleOf(prompt, seed), seed);
  return WEIGHTS.map((weight) => {
    const companions = others === 'none' ? [] : HintKey.options.filter((other) => other !== hint);
    const layers: Layer[] = companions.map((other) => ({ hint: other, weight: Number(others), pixels: given[other] }));
    const mixed = mixer.mix(3, given.color, [...layers, { hint, weight, pixels: given[hint] }]);
    return correlation(luminanceOf(mixed), lumaOf(hint, given[hint]));
  });
}

describe.each(HintKey.options)('a higher weight of %s brings the picture nearer to it', (hint) => {
  test.each([
    ['alone', 'none'],
    ['with the others fixed at 0.5', 0.5],
  ] as const)('%s', (_, others) => {
    for (const [index, prompt] of PROMPTS.entries()) {
      for (let seed = index * 100; seed < index * 100 + 12; seed++) {
        const [none = 0, quarter = 0, half = 0, full = 0] = correlations(hint, prompt, seed, pictures(seed), others);
        const said = `${prompt}, seed ${seed}: ${[none, quarter, half, full]}`;
        expect(quarter, said).toBeGreaterThan(none);
        expect(half, said).toBeGreaterThan(quarter);
        expect(full, said).toBeGreaterThan(half);
      }
    }
  });
});

test('a control that contradicts the colour pass is followed all the same', () => {
  const given = pictures(7);
  const negative = given.color.map((value) => 255 - value);
  const found = correlations('vis', 'a street', 7, { ...given, vis: negative }, 'none');
  expect(found[0]).toBeLessThan(-0.8);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  expect(new Set(found).size).toBe(WEIGHTS.length);
});

test('colour never changes the luminance: a saturated control weighs as much as its grey', () => {
  const random = seededRandom(5);
  const [color, seg] = [rectangles(random, 3), rectangles(random, 3)];
  const grey = Uint8Array.from(luminanceOf(seg).flatMap((value) => [value, value, value]));
  const mix = (pixels: Uint8Array) =>
    luminanceOf(new Mixer(SIZE, styleOf('a street', 1), 1).mix(0, color, [{ hint: 'seg', weight: 1, pixels }]));
  const [coloured, plain] = [mix(seg), mix(grey)];
  for (const [pixel, value] of coloured.entries()) expect(Math.abs(value - (plain[pixel] ?? 0))).toBeLessThan(1.5);
});

test('the same prompt and seed give the same frames, another of either gives others', () => {
  const { color } = pictures(1);
  const frame = (prompt: string, seed: number) =>
    new Mixer(SIZE, styleOf(prompt, seed), seed).mix(0, color, []).toString('hex');
  expect(frame('snow at night', 1)).toBe(frame('snow at night', 1));
  expect(frame('snow at night', 2)).not.toBe(frame('snow at night', 1));
  expect(frame('rain at night', 1)).not.toBe(frame('snow at night', 1));
  expect(frame('a street', 2)).not.toBe(frame('a street', 1));
});

test('a control at weight 0 is no control at all', () => {
  const { color, edge } = pictures(2);
  const mixer = new Mixer(SIZE, styleOf('a street', 1), 1);
  const frame = (layers: readonly Layer[]) => mixer.mix(0, color, layers).toString('hex');
  expect(frame([{ hint: 'edge', weight: 0, pixels: edge }])).toBe(frame([]));
  expect(frame([{ hint: 'edge', weight: 0.1, pixels: edge }])).not.toBe(frame([]));
});

test('white on white stays within range: nothing is ever clipped', () => {
  const white = new Uint8Array(SIZE.width * SIZE.height * 3).fill(255);
  const grey = white.subarray(0, SIZE.width * SIZE.height);
  const layers = HintKey.options.map((hint) => {
    return { hint, weight: 1, pixels: hint === 'edge' || hint === 'depth' ? grey : white };
  });
  const style = { ...styleOf('a street', 1), black: 0, white: 0.8 };
  const brightest = Math.max(...luminanceOf(new Mixer(SIZE, style, 1).mix(0, white, layers)));
  expect(brightest).toBeGreaterThan(0.7 * 255); // the base is a little darker than white: light and vignette
  expect(brightest).toBeLessThanOrEqual(0.8 * 255 + 1);
});
