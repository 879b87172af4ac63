import { describe, expect, test } from 'vitest';
import { primariesOf } from '../../../../daemon/picture/color-space.js';
import { type DepthFormat, type DepthStyle, FloatDepth } from '../../../../daemon/picture/draw/depth.js';
import { drawingOf } from '../../../../daemon/picture/draw/draw-style.js';
import { srgb, viewOf } from '../../../../daemon/picture/draw/exr-view.js';
import { IntegerDepth } from '../../../../daemon/picture/draw/integer-depth.js';
import { seededRandom } from '../../../support/random.js';

const auto = { near: undefined, far: undefined };
const nearDark: DepthStyle = { polarity: 'near-dark', ...auto };
const floats = (...values: number[]) => Buffer.from(new Float32Array(values).buffer);
const words = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);

function drawn(depth: DepthFormat, ...frames: Buffer[]): number[][] {
  for (const frame of frames) depth.measure(frame);
  return frames.map((frame) => [...depth.draw(frame)]);
}

/** A million pixels or so as frames: `value` of the pixel's number, then the changes. */
function clip(frames: number, pixels: number, value: (i: number) => number, changes: Record<number, number> = {}) {
  const all = Float32Array.from({ length: frames * pixels }, (_, i) => changes[i] ?? value(i));
  return Array.from({ length: frames }, (_, f) => Buffer.from(all.slice(f * pixels, (f + 1) * pixels).buffer));
}

const scene = (i: number) => 10 + (90 * (i % 9973)) / 9972;

/** Grey of every pixel of the scene, and what was told. */
function shown(style: DepthStyle, frames: readonly Buffer[]): { readonly greys: number[]; readonly notes: string[] } {
  const depth = new FloatDepth(style);
  const greys = drawn(depth, ...frames).flat();
  return { greys, notes: depth.report().notes };
}

test('distances become disparity over the whole clip, misses are far', () => {
  const depth = new FloatDepth(nearDark);
  expect(drawn(depth, floats(1, 2, 0, Number.POSITIVE_INFINITY), floats(4, -2, Number.NaN, 1e9))).toEqual([
    [255, 85, 0, 0],
    [0, 85, 0, 0],
  ]);
  expect(depth.report()).toEqual({ read: { least: 0, most: 1e9 }, notes: [] });
});

test('fixed near and far hold whatever the clip contains', () => {
  const depth = new FloatDepth({ polarity: 'near-dark', near: 2, far: 4 });
  expect(drawn(depth, floats(1, 2, 4, 100))).toEqual([[255, 255, 0, 0]]);
});

test('one given end goes with the other one measured, and never lies beyond it', () => {
  expect(drawn(new FloatDepth({ ...nearDark, near: 2 }), floats(1, 2, 4, 8))).toEqual([[255, 255, 85, 0]]);
  expect(drawn(new FloatDepth({ ...nearDark, far: 4 }), floats(1, 2, 4, 8))).toEqual([[255, 85, 0, 0]]);
  expect(drawn(new FloatDepth({ ...nearDark, near: 20 }), floats(1, 2, 4))).toEqual([[255, 255, 255]]);
  expect(drawn(new FloatDepth({ ...nearDark, far: 0.5 }), floats(1, 2, 4))).toEqual([[255, 255, 255]]);
});

test('float depth that grows towards the camera keeps its curve', () => {
  expect(drawn(new FloatDepth({ polarity: 'near-bright', ...auto }), floats(1, 2, 3, 0))).toEqual([[0, 128, 255, 0]]);
});

test('integer depth is stretched over the clip and turned near-bright', () => {
  expect(drawn(new IntegerDepth(nearDark), words(0, 1000), words(500, 0))).toEqual([
    [255, 0],
    [128, 255],
  ]);
  expect(drawn(new IntegerDepth({ polarity: 'near-bright', ...auto }), words(0, 1000))).toEqual([[0, 255]]);
});

test('integer depth with known distances is the same in every clip', () => {
  const depth = new IntegerDepth({ polarity: 'near-dark', near: 1, far: 50 });
  expect(drawn(depth, words(0, 65_535, 32_768))).toEqual([[255, 0, 127]]);
});

test('a clip without any depth does not fail', () => {
  expect(drawn(new FloatDepth(nearDark), floats(0, 0))).toEqual([[0, 0]]);
  expect(drawn(new FloatDepth(nearDark), floats(3, 3))).toEqual([[255, 255]]);
  const nothing = new FloatDepth(nearDark);
  expect(drawn(nothing, floats(Number.NaN, Number.POSITIVE_INFINITY))).toEqual([[0, 0]]);
  expect(nothing.report().read).toBeNull();
});

describe('outliers', () => {
  const clean = shown(nearDark, clip(8, 32_768, scene));

  test.each([
    ['a particle at the lens', { 70000: 0.001 }, '1 of 262,144 pixels is nearer than 9.2'],
    ['a few of them', { 3: 0.001, 4: 0.5, 200000: 0.002 }, '3 of 262,144 pixels are nearer than 9.2'],
    ['a pixel at a denormal distance', { 9: 1e-40 }, 'clipped to white.'],
    ['one negative pixel at the lens', { 9: -0.001 }, 'clipped to white.'],
    ['one pixel of a far sky', { 5: 1e6 }, '1 of 262,144 pixels is farther than 919'],
    ['not a number and infinite pixels', { 5: Number.NaN, 6: Number.NEGATIVE_INFINITY, 7: 2e9 }, null],
  ])('%s changes no other pixel by more than a code', (_, changes, note) => {
    const { greys, notes } = shown(nearDark, clip(8, 32_768, scene, changes));
    const moved = greys.filter((grey, i) => !(i in changes) && Math.abs(grey - (clean.greys[i] ?? 0)) > 1);
    expect(moved).toEqual([]);
    if (note === null) expect(notes).toEqual([]);
    else expect(notes.join()).toContain(note);
  });

  test('a clean scene has nothing to tell, and its greys reach from black to white', () => {
    expect(clean.notes).toEqual([]);
    expect([Math.min(...clean.greys.slice(0, 9973)), Math.max(...clean.greys.slice(0, 9973))]).toEqual([0, 255]);
  });

  test('an outlier in a source that stores nearness', () => {
    const style = { polarity: 'near-bright', ...auto } as const;
    const { greys, notes } = shown(
      style,
      clip(4, 10_000, (i) => (i % 1000) / 1000, { 17: 1e6 }),
    );
    expect(greys[500]).toBe(127);
    expect(notes.join()).toContain('1 of 39,960 pixels is nearer than 1.099 (the nearest at 1000000)');
  });

  test('integers: one pixel beyond the rest, and a clean gradient from black to white', () => {
    const depth = new IntegerDepth(nearDark);
    const values = Array.from({ length: 20_000 }, (_, i) => (i === 7 ? 0 : 40_000 + (i % 1001)));
    const [greys] = drawn(depth, words(...values));
    expect(greys?.[40_500 - 40_000]).toBe(127);
    expect(depth.report()).toMatchObject({ read: { least: 0, most: 41_000 } });
    expect(depth.report().notes.join()).toContain('1 of 20,000 pixels is nearer than 39900 (the nearest at 0)');
    const gradient = new IntegerDepth(nearDark);
    const [all] = drawn(gradient, words(...Array.from({ length: 65_536 }, (_, i) => i)));
    expect([all?.[0], all?.[32_768], all?.[65_535]]).toEqual([255, 127, 0]);
    expect(gradient.report().notes).toEqual([]);
  });

  test('a given range that cuts off much of the clip is told', () => {
    const { notes } = shown({ ...nearDark, near: 50 }, clip(4, 10_000, scene));
    expect(notes.join()).toMatch(/^[\d,]+ of 40,000 pixels are nearer than 50, the value that was given/);
  });
});

describe('few distances', () => {
  test('two depths stay two, however few pixels one of them has', () => {
    for (const few of [1, 20, 500]) {
      const { greys } = shown(
        nearDark,
        clip(4, 10_000, (i) => (i < few ? 10 : 100)),
      );
      expect([greys[0], greys[39_999]]).toEqual([255, 0]);
      const integer = new IntegerDepth(nearDark);
      const [all] = drawn(integer, words(...Array.from({ length: 40_000 }, (_, i) => (i < few ? 10 : 65_000))));
      expect([all?.[0], all?.[39_999]]).toEqual([255, 0]);
    }
  });

  test('rounding of one depth is no relief', () => {
    const { greys } = shown(
      nearDark,
      clip(2, 1000, (i) => 5 * (1 + (i % 3) * 1e-7)),
    );
    expect(new Set(greys)).toEqual(new Set([255]));
  });
});

describe('the far clipping plane as background', () => {
  test('is a miss, and told', () => {
    const { greys, notes } = shown(
      nearDark,
      clip(4, 10_000, (i) => (i % 4 === 0 ? 1e4 : 1000 + (i % 1000))),
    );
    expect(greys.filter((_, i) => i % 4 === 0).every((grey) => grey === 0)).toBe(true);
    expect(Math.max(...greys)).toBe(255);
    expect(greys[501]).toBeGreaterThan(70); // 1501: as a distance before 10,000 it would be 150
    expect(greys[501]).toBeLessThan(90);
    expect(notes).toEqual([
      '25 % of the pixels lie at exactly 10000, and none between 1999 and there: taken as background.',
    ]);
  });

  test('is a distance when something lies close before it, when few pixels have it, and when far is given', () => {
    const wall = clip(4, 10_000, (i) => (i % 4 === 0 ? 100 : 50 + (i % 40)));
    expect(shown(nearDark, wall).notes).toEqual([]);
    const few = clip(4, 10_000, (i) => (i % 500 === 0 ? 1e4 : 10 + (i % 40)));
    expect(shown(nearDark, few).notes.join()).not.toContain('background');
    const given = shown(
      { ...nearDark, far: 1e4 },
      clip(4, 10_000, (i) => (i % 4 === 0 ? 1e4 : 10 + (i % 40))),
    );
    expect(given.notes).toEqual([]);
  });
});

test('whatever the values: no frame of a clip changes how another is drawn, and nearer is never darker', () => {
  const random = seededRandom(7);
  for (let round = 0; round < 30; round++) {
    const span = 10 ** (random() * 6 - 2);
    const values = Array.from({ length: 4000 }, () => {
      const kind = random();
      if (kind < 0.02) return [0, Number.NaN, Number.POSITIVE_INFINITY, 3e9][Math.floor(random() * 4)] ?? 0;
      return (random() < 0.5 ? -1 : 1) * (0.01 + random() * span) * (kind < 0.03 ? 1000 : 1);
    });
    const frames = [floats(...values.slice(0, 1000)), floats(...values.slice(1000))];
    const greys = drawn(new FloatDepth(nearDark), ...frames).flat();
    const hits = values
      .map((value, i) => ({ distance: Math.abs(Math.fround(value)), grey: greys[i] ?? -1 }))
      .filter(({ distance }) => distance > 1e-41 && distance < 1e9)
      .sort((a, b) => a.distance - b.distance);
    for (let i = 1; i < hits.length; i++) expect(hits[i]?.grey).toBeLessThanOrEqual(hits[i - 1]?.grey ?? 255);
    expect(hits[0]?.grey).toBe(255);
    expect(hits.at(-1)?.grey).toBe(0);
    expect(
      drawn(new FloatDepth(nearDark), ...frames.toReversed())
        .toReversed()
        .flat(),
    ).toEqual(greys);
  }
});

test('UINT depth is drawn as the same numbers in floats', () => {
  const uint = Buffer.from(new Uint32Array([10, 20, 40, 0]).buffer);
  const planes = Buffer.concat([uint, Buffer.alloc(16), Buffer.alloc(16)]);
  for (const [format, frame] of [['grayu32le', uint] as const, ['gbrpu32le', planes] as const]) {
    const drawing = drawingOf({ kind: 'depth', ...nearDark }, format);
    drawing.measure?.(frame);
    expect([...drawing.draw(frame)]).toEqual([255, 85, 0, 0]);
  }
});

test('views are exact or an error that names them', () => {
  expect(viewOf(undefined, true)).toEqual({ view: 'srgb' });
  expect(viewOf(undefined, false)).toEqual({ view: 'asIs' });
  expect(viewOf({ space: 'linear' }, false)).toMatchObject({ view: 'srgb' });
  expect(viewOf({ space: 'sRGB' }, true)).toEqual({ view: 'asIs' });
  expect(viewOf({ space: 'linear', view: 'raw' }, true)).toEqual({ view: 'asIs' });
  expect(viewOf({ space: 'ACEScg' }, true)).toMatchObject({ view: 'srgb', primaries: primariesOf('lin_ap1') });
  expect(() => viewOf({ space: 'linear', view: 'ACES 1.0 SDR' }, true)).toThrow(
    /The view "ACES 1.0 SDR" of the colour/,
  );
  expect(() => viewOf({ space: 'ARRI LogC4' }, true)).toThrow(/The colour space "ARRI LogC4" .* linear in Rec\. 709/);
  expect(Math.round(srgb(0.5) * 255)).toBe(188);
});
