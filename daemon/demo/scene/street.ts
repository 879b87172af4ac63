/** Ground: road, pavements, paint, cracks, craters, street lamps. */
import type { MeshBuilder } from './mesh.js';
import type { Rng } from './rng.js';
import { addBeam, addPrism, frameAlong } from './solids.js';
import type { Surface } from './surface.js';
import { add, at, type Frame, mix, turned, type Vec, WORLD } from './vector.js';

/** Half the road, and half the street from house to house, metres. */
export const ROAD = 5.5;
export const STREET = 9;
const CURB = 0.16;

const ASPHALT: Surface = { part: 'road', color: [0.085, 0.083, 0.083], texture: 'asphalt' };
const PAVING: Surface = { part: 'sidewalk', color: [0.26, 0.245, 0.225], texture: 'concrete' };
const PAINT: Surface = { part: 'road', color: [0.42, 0.37, 0.25], texture: 'asphalt' };
const TAR: Surface = { part: 'road', color: [0.016, 0.015, 0.015], texture: 'plain' };
const EARTH: Surface = { part: 'road', color: [0.1, 0.072, 0.05], texture: 'asphalt' };
const SOIL: Surface = { part: 'rubble', color: [0.2, 0.17, 0.14], texture: 'concrete' };

/** Road and pavements from `y0` to `y1`, with the crossing left open between the ends of `blocks`. */
export function addStreet(mesh: MeshBuilder, blocks: readonly (readonly [number, number])[], rng: Rng): void {
  mesh.nextObject();
  flat(mesh, [-160, -60], [160, 230], 0, ASPHALT);
  for (const [y0, y1] of blocks) {
    mesh.nextObject();
    mesh.box(WORLD, [-45, y0, -1], [-ROAD, y1, CURB], PAVING);
    mesh.box(WORLD, [ROAD, y0, -1], [45, y1, CURB], PAVING);
    addPaint(mesh, y0, y1, rng);
  }
  for (let i = 0; i < 26; i++) addCrack(mesh, rng);
  for (const place of [
    [-1.6, 7.5],
    [2.9, 22],
    [-2.4, 39],
  ] as const)
    addCrater(mesh, place, rng);
}

function flat(
  mesh: MeshBuilder,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  z: number,
  surface: Surface,
): void {
  mesh.quad([x0, y0, z], [x1, y0, z], [x1, y1, z], [x0, y1, z], surface);
}

/** Lane dashes and the zebra at both ends; some of it worn away. Paint lies 8 mm up, so that it is seen. */
function addPaint(mesh: MeshBuilder, y0: number, y1: number, rng: Rng): void {
  for (let y = y0 + 6; y < y1 - 6; y += 4.5) {
    if (rng.chance(0.8)) flat(mesh, [-0.08, y], [0.08, y + rng.range(1.2, 2.2)], 0.008, PAINT);
  }
  for (const y of [y0 - 3.4, y1 + 1]) {
    for (let x = -ROAD + 0.5; x < ROAD - 0.5; x += 1.05) {
      if (rng.chance(0.85)) flat(mesh, [x, y], [x + 0.5, y + rng.range(1.6, 2.4)], 0.008, PAINT);
    }
  }
}

/** A jagged line that thins out, running mostly across the street. */
function addCrack(mesh: MeshBuilder, rng: Rng): void {
  mesh.nextObject();
  let [x, y] = [rng.range(-ROAD, ROAD), rng.range(-6, 70)];
  let heading = rng.range(0, 2 * Math.PI);
  let width = rng.range(0.04, 0.14);
  for (let i = rng.int(5, 12); i > 0 && Math.abs(x) < ROAD; i--) {
    heading += rng.range(-0.7, 0.7);
    const step = rng.range(0.4, 1.1);
    const [nx, ny] = [x + Math.cos(heading) * step, y + Math.sin(heading) * step];
    const next = Math.max(0.015, width * rng.range(0.7, 1.1));
    const [sx, sy] = [-Math.sin(heading), Math.cos(heading)];
    mesh.quad(
      [x - sx * width, y - sy * width, 0.012],
      [nx - sx * next, ny - sy * next, 0.012],
      [nx + sx * next, ny + sy * next, 0.012],
      [x + sx * width, y + sy * width, 0.012],
      TAR,
    );
    [x, y, width] = [nx, ny, next];
  }
}

/** A hole that is painted dark inside a thrown-up ragged rim: depth without cutting the road. */
function addCrater(mesh: MeshBuilder, [cx, cy]: readonly [number, number], rng: Rng): void {
  const sides = 18;
  const radii = Array.from({ length: sides }, () => rng.range(0.8, 1.25));
  const ring = (factor: number, height: number, wobble: number): Vec[] =>
    radii.map((radius, i) => {
      const angle = (2 * Math.PI * i) / sides;
      const reach = radius * factor;
      return [cx + Math.cos(angle) * reach * 1.3, cy + Math.sin(angle) * reach, height + rng.range(0, wobble)];
    });
  const rings = [ring(0.55, 0.014, 0), ring(0.85, 0.03, 0.03), ring(1.05, 0.2, 0.16), ring(1.75, -0.03, 0.02)];
  mesh.nextObject();
  mesh.polygon(ring(0.56, 0.013, 0), TAR);
  rings.slice(1).forEach((outer, k) => {
    const inner = rings[k] ?? outer;
    outer.forEach((a, i) => {
      const next = (i + 1) % sides;
      const [b, c, d] = [outer[next], inner[next], inner[i]];
      if (b && c && d) mesh.quad(a, b, c, d, k === 0 ? EARTH : SOIL);
    });
  });
}

const STEEL: Surface = { part: 'street lamp', color: [0.11, 0.12, 0.11], texture: 'metal' };

/** A street lamp at the curb; `lean` in radians: some were hit. */
export function addLamp(mesh: MeshBuilder, place: Vec, towardsRoad: number, lean: number): void {
  const frame: Frame = turned(place, 0, lean * 0.6, lean * towardsRoad);
  mesh.nextObject();
  addPrism(mesh, frame, { bottom: 0.17, top: 0.14, height: 0.9, sides: 8 }, STEEL);
  addPrism(mesh, frame, { bottom: 0.09, top: 0.055, height: 7.4, sides: 8 }, STEEL);
  const knots = [0, 0.35, 0.7, 1].map((t): Vec => at(frame, towardsRoad * 1.9 * t, 0, mix(7.2, 8.1, Math.sqrt(t))));
  for (const [i, end] of knots.slice(1).entries()) addBeam(mesh, knots[i] ?? end, end, 0.09, STEEL);
  const tip = knots.at(-1) ?? place;
  const head = frameAlong(tip, [towardsRoad, 0, -0.12]);
  mesh.box(head, [-0.14, -0.08, -0.05], [0.14, 0.08, 0.75], STEEL);
  mesh.box({ ...WORLD, origin: add(tip, [towardsRoad * 0.35, 0, -0.17]) }, [-0.25, -0.1, 0], [0.25, 0.1, 0.06], STEEL);
}
