import { expect, test } from 'vitest';
import { Polygons } from '../../../../daemon/demo/scene/polygons.js';
import { NOTHING, Raster } from '../../../../daemon/demo/scene/raster.js';
import { Rng } from '../../../../daemon/demo/scene/rng.js';

const SIZE = 32;

/** Pixels that belong to each of the given polygons, drawn one by one. */
function covered(shapes: readonly (readonly number[])[]): number[][] {
  const raster = new Raster(SIZE, SIZE);
  return shapes.map((corners) => {
    const polygons = new Polygons(1);
    polygons.add(0, corners, 0, 0, 1);
    raster.draw(polygons);
    return [...raster.triangle.keys()].filter((i) => raster.triangle[i] !== NOTHING);
  });
}

test('a square covers exactly the pixels whose middle it holds', () => {
  const [pixels = []] = covered([[2, 3, 6, 3, 6, 5, 2, 5]]);
  expect(pixels).toEqual([
    3 * SIZE + 2,
    3 * SIZE + 3,
    3 * SIZE + 4,
    3 * SIZE + 5,
    4 * SIZE + 2,
    4 * SIZE + 3,
    4 * SIZE + 4,
    4 * SIZE + 5,
  ]);
});

test('two triangles that share an edge leave no gap and never overlap, whatever the edge', () => {
  const rng = new Rng(11);
  for (let i = 0; i < 200; i++) {
    const [ax, ay, bx, by] = [rng.range(-3, 8), rng.range(-3, 35), rng.range(24, 35), rng.range(-3, 35)];
    // Above and below the line from a to b, out to beyond the picture.
    const [upper = [], lower = []] = covered([
      [ax, ay, bx, by, bx, -40, ax, -40],
      [ax, ay, bx, by, bx, 80, ax, 80],
    ]);
    const both = new Set([...upper, ...lower]);
    expect(upper.length + lower.length).toBe(both.size);
    const between = [...both].filter((pixel) => pixel % SIZE >= Math.ceil(ax) && pixel % SIZE < Math.floor(bx));
    const columns = Math.min(SIZE, Math.floor(bx)) - Math.max(0, Math.ceil(ax));
    expect(between.length).toBe(columns * SIZE);
  }
});

test('the nearer polygon wins wherever it is nearer, whatever the order', () => {
  const whole = [0, 0, SIZE, 0, SIZE, SIZE, 0, SIZE];
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const polygons = new Polygons(2);
    for (const id of order) {
      if (id === 0) polygons.add(0, whole, 0, 0, 16);
      else polygons.add(1, whole, 1, 0, 0); // nearness = x: in front from column 16 on
    }
    const raster = new Raster(SIZE, SIZE);
    raster.draw(polygons);
    const row = [...raster.triangle.subarray(0, SIZE)];
    expect(row).toEqual(row.map((_, x) => (x + 0.5 > 16 ? 1 : 0)));
  }
});

test('a shifted draw samples elsewhere in the pixel', () => {
  const polygons = new Polygons(1);
  polygons.add(0, [10.2, 0, SIZE, 0, SIZE, SIZE, 10.2, SIZE], 0, 0, 1);
  const raster = new Raster(SIZE, SIZE);
  raster.draw(polygons, -0.375, 0);
  expect(raster.triangle[10]).toBe(NOTHING);
  raster.draw(polygons);
  expect(raster.triangle[10]).toBe(0);
});
