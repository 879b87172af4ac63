import { expect, test } from 'vitest';
import type { FrameFormat } from '../../../../daemon/media/frames.js';
import { drawingOf, drawStyleOf } from '../../../../daemon/picture/draw/draw-style.js';
import { colorOf, colorOfThree, Labels } from '../../../../daemon/picture/draw/labels.js';

const floats = (...values: number[]) => Buffer.from(new Float32Array(values).buffer);
const uints = (...values: number[]) => Buffer.from(new Uint32Array(values).buffer);
const pixels = (buffer: Buffer) => Array.from({ length: buffer.length / 3 }, (_, i) => buffer.readUIntBE(3 * i, 3));
const facts = { color: undefined, depth: undefined, project: {} };

/** The colours that a segmentation of one frame gets. */
function coloured(format: FrameFormat, frame: Buffer): number[] {
  const drawing = drawingOf({ kind: 'labels' }, format);
  drawing.measure?.(frame);
  return pixels(drawing.draw(frame));
}

test('numbers of objects become colours that are the same in every frame and clip', () => {
  const labels = new Labels('grayf32le');
  const frames = [floats(0, 1, 2), floats(2, 1, Number.NaN)];
  for (const frame of frames) labels.measure(frame);
  const drawn = frames.map((frame) => pixels(labels.draw(frame)));
  expect(drawn).toEqual([
    [0, colorOf(1), colorOf(2)],
    [colorOf(2), colorOf(1), 0],
  ]);
  expect(labels.report()).toEqual({ read: { least: 0, most: 2 }, notes: [] });
});

test('a hundred thousand whole numbers have as many colours, and none is nearly black', () => {
  const colors = new Set(Array.from({ length: 100_000 }, (_, i) => colorOf(i + 1)));
  for (let i = 0; i < 1000; i++) colors.add(colorOf(10_077_695 - i)); // the last that are told apart without fail
  expect(colors.size).toBe(101_000);
  for (const color of colors)
    expect(Math.min(color >> 16, (color >> 8) & 0xff, color & 0xff)).toBeGreaterThanOrEqual(40);
});

test('five hundred objects by hash: two share a colour as rarely as chance allows', () => {
  const collisions = (label: (i: number) => number) => {
    let pairs = 0;
    for (let scene = 0; scene < 200; scene++) {
      const colors = new Set(Array.from({ length: 500 }, (_, i) => label(scene * 500 + i)));
      pairs += 500 - colors.size;
    }
    return pairs;
  };
  // 200 scenes x 500 x 499 / 2 pairs / 216^3 colours: 2.5 expected; 10 would come once in ten thousand tries.
  expect(collisions((i) => colorOf(4_000_000_000 + i))).toBeLessThan(10);
  expect(collisions((i) => colorOf(-1 - i))).toBeLessThan(10);
  expect(collisions((i) => colorOf(0.5 + i))).toBeLessThan(10);
  expect(collisions((i) => colorOfThree(i % 7, Math.floor(i / 7), 3))).toBeLessThan(10);
});

test('neighbouring numbers have colours far apart', () => {
  const distance = (a: number, b: number) =>
    [16, 8, 0].reduce((sum, s) => sum + Math.abs(((a >> s) & 255) - ((b >> s) & 255)), 0);
  const steps = Array.from({ length: 5000 }, (_, i) => distance(colorOf(i + 1), colorOf(i + 2)));
  expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeGreaterThan(180); // of chance: 216
  expect(steps.filter((step) => step < 12).length).toBeLessThan(5);
});

test('greys from 0 to 1 are colours already, unless the clip has a number anywhere', () => {
  const labels = new Labels('grayf32le');
  labels.measure(floats(0, 0.5, 1, Number.POSITIVE_INFINITY));
  expect(pixels(labels.draw(floats(0, 0.5, 1, Number.NaN)))).toEqual([0, 0x808080, 0xffffff, 0]);
  labels.measure(floats(7));
  expect(pixels(labels.draw(floats(1)))).toEqual([colorOf(1)]);
});

test('an EXR segmentation is labels when it holds numbers, and itself when it is a picture', () => {
  const style = drawStyleOf('seg', 'exr', facts);
  expect(style).toEqual({ kind: 'labels' });
  // Planes G, B, R: one pixel. A filter may overshoot a little.
  expect(coloured('gbrpf32le', floats(0.2, 0.4, 1))).toEqual([0xff3366]);
  expect(coloured('gbrpf32le', floats(-0.05, 0.4, 1.06))).toEqual([0xff0066]);
  expect(coloured('gbrpf32le', floats(4, 0, 2))).toEqual([colorOfThree(2, 4, 0)]);
  expect(coloured('gbrpf32le', floats(0, 0, -1))).toEqual([colorOfThree(-1, 0, 0)]);
  expect(drawStyleOf('seg', 'image', facts)).toEqual({ kind: 'view', view: 'asIs' });
});

test('UINT labels are exact: neighbours beyond 24 bits have different colours', () => {
  const ids = [16_777_216, 16_777_217, 16_777_218, 4_294_967_294, 4_294_967_295];
  const drawn = coloured('grayu32le', uints(0, 1, ...ids));
  expect(drawn.slice(0, 2)).toEqual([0, colorOf(1)]);
  expect(new Set(drawn).size).toBe(7);
});

test('three UINT channels are one label, in their order', () => {
  // Planes G, B, R of four pixels: (1,2,3), (3,2,1), nothing, and one that differs in a bit beyond 24.
  const frame = uints(2, 2, 0, 16_777_217, 3, 1, 0, 3, 1, 3, 0, 1);
  const drawn = coloured('gbrpu32le', frame);
  expect(drawn).toEqual([colorOfThree(1, 2, 3), colorOfThree(3, 2, 1), 0, colorOfThree(1, 16_777_217, 3)]);
  expect(new Set(drawn).size).toBe(4);
  expect(colorOfThree(1, 16_777_216, 3)).not.toBe(colorOfThree(1, 16_777_217, 3));
});

test('a picture in UINT channels is shown by the smallest usual white', () => {
  const view = (format: FrameFormat, frame: Buffer) => {
    const drawing = drawingOf({ kind: 'view', view: 'asIs' }, format);
    drawing.measure?.(frame);
    return [...drawing.draw(frame)];
  };
  expect(view('grayu32le', uints(0, 1, 1, 0))).toEqual([0, 255, 255, 0]);
  expect(view('grayu32le', uints(0, 128, 255))).toEqual([0, 128, 255]);
  expect(view('grayu32le', uints(0, 32_768, 65_535))).toEqual([0, 128, 255]);
  expect(view('gbrpu32le', uints(10, 20, 200))).toEqual([200, 10, 20]);
});
