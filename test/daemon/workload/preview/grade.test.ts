import { describe, expect, it } from 'vitest';
import { styleOf } from '../../../../daemon/workload/preview/grade.js';
import { Weather } from '../../../../daemon/workload/preview/weather.js';

describe('styleOf', () => {
  it('reads the time of day and the weather from the prompt', () => {
    const night = styleOf('A street at NIGHT in heavy rain', 1);
    expect(night.weather).toBe('rain');
    expect(night.white).toBeLessThan(styleOf('A street at noon', 1).white);
    expect(styleOf('deep snow', 1).weather).toBe('snow');
    expect(styleOf('a burning block', 1).weather).toBe('embers');
    expect(styleOf('thick fog', 1).black).toBeGreaterThan(styleOf('clear', 1).black);
  });

  it('reads whole words', () => {
    expect(styleOf('a knight on a terrain', 1)).toEqual(styleOf('a person on a hill', 1));
  });

  it('is the same for the same prompt and seed, and another for another seed', () => {
    expect(styleOf('a city', 5)).toEqual(styleOf('a city', 5));
    expect(styleOf('a city', 5)).not.toEqual(styleOf('a city', 6));
  });

  it('tints without changing luminance', () => {
    const { shadows, lights, haze, lines } = styleOf('sunset', 1);
    for (const [red, green, blue] of [shadows, lights, haze, lines]) {
      expect(0.2126 * red + 0.7152 * green + 0.0722 * blue).toBeCloseTo(0);
    }
  });
});

describe('Weather', () => {
  const size = { width: 48, height: 32 };
  const draw = (kind: 'none' | 'snow' | 'rain' | 'embers', seed: number, frame: number) => {
    const luma = new Float32Array(48 * 32).fill(0.2);
    new Weather(kind, size, seed).draw(luma, new Float32Array(luma.length * 3), frame);
    return luma;
  };

  it.each(['snow', 'rain', 'embers'] as const)('moves %s from frame to frame and stays within range', (kind) => {
    expect(draw(kind, 1, 0)).toEqual(draw(kind, 1, 0));
    expect(draw(kind, 1, 0)).not.toEqual(draw(kind, 1, 5));
    expect(draw(kind, 1, 0)).not.toEqual(draw(kind, 2, 0));
    expect(Math.max(...draw(kind, 1, 999))).toBeLessThanOrEqual(1);
  });

  it('draws nothing in clear weather', () => {
    expect(new Set(draw('none', 1, 3))).toEqual(new Set(new Float32Array([0.2])));
  });
});
