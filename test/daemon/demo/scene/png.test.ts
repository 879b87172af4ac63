import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import type { Passes } from '../../../../daemon/demo/scene/passes.js';
import { encodePass } from '../../../../daemon/demo/scene/png.js';

const [WIDTH, HEIGHT] = [5, 3];
const passes: Passes = {
  color: Uint8Array.from({ length: 45 }, (_, i) => (i * 37) % 256),
  depth: Uint16Array.from({ length: 15 }, (_, i) => i * 4321),
  seg: Uint8Array.from({ length: 45 }, (_, i) => (i * 11) % 256),
  edge: Uint8Array.from({ length: 15 }, (_, i) => (i % 2) * 255),
};

test('depth survives as 16-bit grey, to the last bit', () => {
  const file = encodePass('depth', passes, WIDTH, HEIGHT);
  expect([file[24], file[25]]).toEqual([16, 0]); // IHDR: bit depth, colour type
  const { data } = PNG.sync.read(file, { skipRescale: true });
  const red = Array.from({ length: 15 }, (_, i) => new Uint16Array(data.buffer, data.byteOffset)[i * 4]);
  expect(red).toEqual([...passes.depth]);
});

test.each(['color', 'seg'] as const)('%s survives as 8-bit RGB', (pass) => {
  const file = encodePass(pass, passes, WIDTH, HEIGHT);
  expect([file[24], file[25]]).toEqual([8, 2]);
  const { data } = PNG.sync.read(file);
  expect([...data].filter((_, i) => i % 4 !== 3)).toEqual([...passes[pass]]);
});

test('edges survive as 8-bit grey', () => {
  const file = encodePass('edge', passes, WIDTH, HEIGHT);
  expect([file[24], file[25]]).toEqual([8, 0]);
  expect([...PNG.sync.read(file).data].filter((_, i) => i % 4 === 0)).toEqual([...passes.edge]);
});
