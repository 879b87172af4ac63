import { expect, test } from 'vitest';
import { colorOf, Labels } from '../../../daemon/prepare/labels.js';
import { drawingOf, lookOf } from '../../../daemon/prepare/look.js';

const floats = (...values: number[]) => Buffer.from(new Float32Array(values).buffer);
const pixels = (buffer: Buffer) => Array.from({ length: buffer.length / 3 }, (_, i) => buffer.readUIntBE(3 * i, 3));
const facts = { color: undefined, depth: undefined, project: {} };

test('numbers of objects become colours that are the same in every frame and clip', () => {
  const labels = new Labels('grayf32le');
  const frames = [floats(0, 1, 2), floats(2, 1, Number.NaN)];
  for (const frame of frames) labels.measure(frame);
  const drawn = frames.map((frame) => pixels(labels.draw(frame)));
  expect(drawn).toEqual([
    [0, colorOf(1), colorOf(2)],
    [colorOf(2), colorOf(1), 0],
  ]);
});

test('colours of a thousand objects differ, and none is nearly black', () => {
  const colors = new Set(Array.from({ length: 1000 }, (_, i) => colorOf(i + 1)));
  expect(colors.size).toBe(1000);
  for (const color of colors)
    expect(Math.min(color >> 16, (color >> 8) & 0xff, color & 0xff)).toBeGreaterThanOrEqual(40);
});

test('greys from 0 to 1 are colours already, unless the clip has a number anywhere', () => {
  const labels = new Labels('grayf32le');
  labels.measure(floats(0, 0.5, 1));
  expect(pixels(labels.draw(floats(0, 0.5, 1, Number.NaN)))).toEqual([0, 0x808080, 0xffffff, 0]);
  labels.measure(floats(7));
  expect(pixels(labels.draw(floats(1)))).toEqual([colorOf(1)]);
});

test('an EXR segmentation is labels when it is one channel, and itself when it is a picture', () => {
  const look = lookOf('seg', 'exr', facts);
  expect(look).toEqual({ kind: 'labels' });
  expect(drawingOf(look, 'grayf32le').format).toBe('rgb24');
  const picture = drawingOf(look, 'gbrpf32le'); // planes G, B, R
  expect([...picture.draw(floats(0.2, 0.4, 1))]).toEqual([255, 51, 102]);
  expect(lookOf('seg', 'image', facts)).toEqual({ kind: 'view', view: 'asIs' });
});
