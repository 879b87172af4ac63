import { expect, test } from 'vitest';
import { lookAt } from '../../../../daemon/demo/scene/camera.js';
import { MeshBuilder } from '../../../../daemon/demo/scene/mesh.js';
import { FAR, type Passes, PassRenderer, SKY_DEPTH } from '../../../../daemon/demo/scene/passes.js';
import { PARTS, type Part, type Surface } from '../../../../daemon/demo/scene/surface.js';
import type { Vec } from '../../../../daemon/demo/scene/vector.js';

const [WIDTH, HEIGHT, FOCAL] = [64, 36, 60];
const surface = (part: Part): Surface => ({ part, color: [0.5, 0.5, 0.5], texture: 'plain' });

/** Renders what `build` makes, from the origin, 2 m up, along y. */
function render(build: (mesh: MeshBuilder) => void): Passes {
  const mesh = new MeshBuilder();
  build(mesh);
  const eye: Vec = [0, 0, 2];
  const camera = lookAt(eye, [0, 1, 2], { focal: FOCAL, width: WIDTH, height: HEIGHT });
  return new PassRenderer(mesh.build(), WIDTH, HEIGHT).render(camera);
}

/** A wall across the view at y metres, from x0 to x1, high enough to fill the picture. */
function addWall(mesh: MeshBuilder, y: number, x0: number, x1: number, part: Part): void {
  mesh.nextObject();
  mesh.quad([x0, y, -50], [x1, y, -50], [x1, y, 50], [x0, y, 50], surface(part));
}

const stored = (metres: number) => Math.round((SKY_DEPTH * metres) / FAR);
const segAt = ({ seg }: Passes, x: number, y: number) => [
  ...seg.subarray((y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3),
];

test('a wall at a known distance has that depth in every pixel', () => {
  const { depth } = render((mesh) => addWall(mesh, 37, -99, 99, 'facade'));
  expect(new Set(depth)).toEqual(new Set([stored(37)]));
});

test('the ground has the distance that the geometry of the camera says, pixel by pixel', () => {
  const { depth } = render((mesh) =>
    mesh.quad([-500, -50, 0], [500, -50, 0], [500, 900, 0], [-500, 900, 0], surface('road')),
  );
  for (let y = HEIGHT / 2 + 2; y < HEIGHT; y++) {
    // Eye height over the slope of the ray through the middle of the pixel.
    const metres = (2 * FOCAL) / (y + 0.5 - HEIGHT / 2);
    const row = new Set(depth.subarray(y * WIDTH, (y + 1) * WIDTH));
    for (const value of row) expect(Math.abs(value - Math.min(stored(metres), SKY_DEPTH - 1))).toBeLessThanOrEqual(1);
  }
});

test('where nothing is, depth is the sky and the segmentation says so', () => {
  const passes = render(() => {});
  expect(new Set(passes.depth)).toEqual(new Set([SKY_DEPTH]));
  expect(segAt(passes, 5, 5)).toEqual([...PARTS.sky]);
});

test('matter beyond the far end is never taken for sky', () => {
  const { depth } = render((mesh) => addWall(mesh, FAR * 3, -9999, 9999, 'facade'));
  expect(depth[(HEIGHT / 2) * WIDTH]).toBe(SKY_DEPTH - 1);
});

test('the segmentation has the flat colour of the nearest thing and no other', () => {
  const passes = render((mesh) => {
    addWall(mesh, 40, -99, 99, 'facade');
    addWall(mesh, 20, -99, 0, 'window');
  });
  expect(segAt(passes, 10, 10)).toEqual([...PARTS.window]);
  expect(segAt(passes, 50, 10)).toEqual([...PARTS.facade]);
  const colours = new Set(
    Array.from({ length: WIDTH * HEIGHT }, (_, i) => segAt(passes, i % WIDTH, Math.floor(i / WIDTH)).join()),
  );
  expect(colours.size).toBe(2);
});

test('edges are drawn where the thing changes, one pixel wide, and nowhere else', () => {
  const { edge } = render((mesh) => {
    addWall(mesh, 40, -99, 99, 'facade');
    addWall(mesh, 39.9, -99, 0, 'facade');
  });
  const row = [...edge.subarray(10 * WIDTH, 11 * WIDTH)];
  expect(row.map((value, x) => (value > 0 ? x : -1)).filter((x) => x >= 0)).toEqual([WIDTH / 2 - 1]);
});

test('the two triangles of a flat wall have no edge between them', () => {
  const { edge } = render((mesh) => addWall(mesh, 20, -99, 99, 'facade'));
  expect(edge.some((value) => value > 0)).toBe(false);
});

test('a corner of a house is an edge', () => {
  const { edge } = render((mesh) => {
    mesh.quad([-30, 60, -50], [0, 20, -50], [0, 20, 50], [-30, 60, 50], surface('facade'));
    mesh.quad([0, 20, -50], [30, 60, -50], [30, 60, 50], [0, 20, 50], surface('facade'));
  });
  expect(edge[5 * WIDTH + WIDTH / 2 - 1]).toBe(255);
});
