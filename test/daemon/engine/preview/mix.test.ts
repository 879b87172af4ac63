import { describe, expect, it } from 'vitest';
import { lookOf } from '../../../../daemon/engine/preview/grade.js';
import { lumaPlane } from '../../../../daemon/engine/preview/luma.js';
import { type Layer, Mixer } from '../../../../daemon/engine/preview/mix.js';
import { HintKey } from '../../../../schemas/index.js';
import { correlation } from '../../../support/preview.js';
import { seededRandom } from '../../../support/random.js';

const SIZE = { width: 32, height: 24 };
const PIXELS = SIZE.width * SIZE.height;
const PROMPTS = ['a city', 'night, neon, rain', 'sunset over dunes', 'a blizzard', 'fire and smoke', 'morning fog'];
const WEIGHTS = [0, 0.25, 0.5, 1];

function channels(hint: HintKey): number {
  return hint === 'seg' || hint === 'vis' ? 3 : 1;
}

/** A picture with large forms and some noise; pure noise would hide a wrong sign behind chance. */
function picture(random: () => number, perPixel: number): Uint8Array {
  const waves = Array.from({ length: perPixel }, () => [random() * 0.6, random() * 0.6, random() * 6] as const);
  return Uint8Array.from({ length: PIXELS * perPixel }, (_, at) => {
    const [across, down, phase] = waves[at % perPixel] ?? [0, 0, 0];
    const pixel = Math.floor(at / perPixel);
    const wave = Math.sin((pixel % SIZE.width) * across + Math.floor(pixel / SIZE.width) * down + phase);
    return 128 + 90 * wave + 60 * (random() - 0.5);
  });
}

function lumaOf(rgb: Uint8Array): Float32Array {
  const plane = new Float32Array(PIXELS);
  lumaPlane(rgb, plane);
  return plane;
}

function controlLuma({ hint, pixels }: Layer): ArrayLike<number> {
  return channels(hint) === 3 ? lumaOf(pixels) : pixels;
}

/** The layers with one of them at `weight`. */
function withWeight(layers: readonly Layer[], hint: HintKey, weight: number): Layer[] {
  return layers.map((layer) => (layer.hint === hint ? { ...layer, weight } : layer));
}

describe('mixing', () => {
  it.each(HintKey.options)('follows %s more closely the more it weighs, alone and beside any others', (hint) => {
    const random = seededRandom(11);
    for (let round = 0; round < 40; round++) {
      const color = picture(random, 3);
      const all = HintKey.options.map((key) => ({
        hint: key,
        weight: random(),
        pixels: picture(random, channels(key)),
      }));
      const layers = round % 2 === 0 ? all : all.filter((layer) => layer.hint === hint);
      const mixer = new Mixer(SIZE, lookOf(PROMPTS[round % PROMPTS.length] ?? '', round), round);
      const target = layers.find((layer) => layer.hint === hint) as Layer;
      const found = WEIGHTS.map((weight) => {
        const frame = mixer.mix(round, color, withWeight(layers, hint, weight));
        return correlation(lumaOf(frame), controlLuma(target));
      });
      expect(found, `round ${round}`).toEqual([...found].sort((a, b) => a - b));
      expect(new Set(found).size).toBe(WEIGHTS.length);
    }
  });

  it('takes a control at weight 0 for no control at all', () => {
    const random = seededRandom(3);
    const [color, pixels] = [picture(random, 3), picture(random, 1)];
    const mixer = new Mixer(SIZE, lookOf('a city', 1), 1);
    const without = mixer.mix(0, color, []);
    expect(mixer.mix(0, color, [{ hint: 'edge', weight: 0, pixels }]).equals(without)).toBe(true);
    expect(mixer.mix(0, color, [{ hint: 'edge', weight: 0.1, pixels }]).equals(without)).toBe(false);
  });

  it('never lets colour touch the luminance', () => {
    const grey = new Uint8Array(PIXELS * 3).fill(90);
    const blue = Uint8Array.from({ length: PIXELS * 3 }, (_, at) => [40, 90, 237.24][at % 3] ?? 0); // equal luminance
    const mixer = new Mixer(SIZE, lookOf('midnight', 1), 1);
    const left = lumaOf(mixer.mix(0, grey, []));
    const right = lumaOf(mixer.mix(0, blue, []));
    for (let pixel = 0; pixel < PIXELS; pixel++) expect(left[pixel]).toBeCloseTo(right[pixel] ?? 0, -0.5);
    expect(mixer.mix(0, grey, []).equals(mixer.mix(0, blue, []))).toBe(false);
  });

  it('keeps white on white within range, so that nothing is clipped', () => {
    const white = new Uint8Array(PIXELS * 3).fill(255);
    const layers = HintKey.options.map((hint) => ({
      hint,
      weight: 1,
      pixels: white.subarray(0, PIXELS * channels(hint)),
    }));
    const look = { ...lookOf('day', 1), black: 0, white: 1, saturation: 1, gamma: 1 };
    const brightest = Math.max(...lumaOf(new Mixer(SIZE, look, 1).mix(0, white, layers)));
    expect(brightest).toBeGreaterThan(230);
    expect(brightest).toBeLessThanOrEqual(255);
  });
});
