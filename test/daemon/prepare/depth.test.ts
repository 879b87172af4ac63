import { expect, test } from 'vitest';
import { primariesOf } from '../../../daemon/picture/color-space.js';
import { FloatDepth, IntegerDepth } from '../../../daemon/prepare/depth.js';
import { srgb, viewOf } from '../../../daemon/prepare/exr-view.js';

const auto = { near: undefined, far: undefined };
const floats = (...values: number[]) => Buffer.from(new Float32Array(values).buffer);
const words = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);

function drawn(depth: FloatDepth | IntegerDepth, ...frames: Buffer[]): number[][] {
  for (const frame of frames) depth.measure(frame);
  return frames.map((frame) => [...depth.draw(frame)]);
}

test('distances become disparity over the whole clip, misses are far', () => {
  const depth = new FloatDepth({ polarity: 'near-dark', ...auto });
  expect(drawn(depth, floats(1, 2, 0, Number.POSITIVE_INFINITY), floats(4, -2, Number.NaN, 1e9))).toEqual([
    [255, 85, 0, 0],
    [0, 85, 0, 0],
  ]);
});

test('fixed near and far hold whatever the clip contains', () => {
  const depth = new FloatDepth({ polarity: 'near-dark', near: 2, far: 4 });
  expect(drawn(depth, floats(1, 2, 4, 100))).toEqual([[255, 255, 0, 0]]);
});

test('float depth that grows towards the camera keeps its curve', () => {
  expect(drawn(new FloatDepth({ polarity: 'near-bright', ...auto }), floats(1, 2, 3, 0))).toEqual([[0, 128, 255, 0]]);
});

test('integer depth is stretched over the clip and turned near-bright', () => {
  expect(drawn(new IntegerDepth({ polarity: 'near-dark', ...auto }), words(0, 1000), words(500, 0))).toEqual([
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
  expect(drawn(new FloatDepth({ polarity: 'near-dark', ...auto }), floats(0, 0))).toEqual([[0, 0]]);
  expect(drawn(new FloatDepth({ polarity: 'near-dark', ...auto }), floats(3, 3))).toEqual([[255, 255]]);
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
