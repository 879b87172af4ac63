/** Builds the rubble: mounds of dust with lumps, slabs and beams on them, and crumbs all over the street. */
import type { MeshBuilder } from './mesh.js';
import { noise3 } from './noise.js';
import type { Rng } from './rng.js';
import { addBeam, addLump, tinted } from './solids.js';
import type { Rgb, Surface } from './surface.js';
import { turned, type Vec } from './vector.js';

export interface Mound {
  readonly x: number;
  readonly y: number;
  /** Half axes on the ground, metres. */
  readonly rx: number;
  readonly ry: number;
  readonly height: number;
  /** 1 near the camera, less where fewer pieces will do. */
  readonly detail: number;
  /** Colour of the house it was. */
  readonly color: Rgb;
}

const DUST: Surface = { part: 'rubble', color: [0.29, 0.25, 0.21], texture: 'concrete' };
const CONCRETE: Surface = { part: 'rubble', color: [0.36, 0.345, 0.32], texture: 'concrete' };
const TIMBER: Surface = { part: 'rubble', color: [0.13, 0.08, 0.05], texture: 'metal' };
const STEEL: Surface = { part: 'rubble', color: [0.14, 0.07, 0.045], texture: 'metal' };

export function addMound(mesh: MeshBuilder, mound: Mound, rng: Rng): void {
  const seed = rng.int(0, 0xffff);
  mesh.nextObject();
  addHeap(mesh, mound, seed);
  const area = mound.rx * mound.ry;
  const lumps = Math.round(Math.min(300, 26 + area * 7) * mound.detail);
  for (let i = 0; i < lumps; i++) addLumpOn(mesh, mound, seed, rng);
  for (let i = 0; i < 2 + area / 7; i++) addSlabOn(mesh, mound, seed, rng);
  for (let i = 0; i < 2 + area / 9; i++) addBeamOn(mesh, mound, seed, rng);
}

/** Height of the heap over (x, y); below the ground outside of it. */
function heapHeight({ x: cx, y: cy, rx, ry, height }: Mound, seed: number, x: number, y: number): number {
  const reach = Math.hypot((x - cx) / rx, (y - cy) / ry);
  const rough = noise3([x * 0.7, y * 0.7, 0], seed) * 0.3 + noise3([x * 1.9, y * 1.9, 0], seed) * 0.13;
  return height * ((1 - reach) * (1.1 - 0.25 * reach) + rough * Math.max(0, 1.05 - reach)) - 0.02;
}

function addHeap(mesh: MeshBuilder, mound: Mound, seed: number): void {
  const [sides, rings] = [26, 7];
  const point = (ring: number, side: number): Vec => {
    const reach = ring / rings;
    const angle = (2 * Math.PI * ((side % sides) + (ring % 2) / 2)) / sides;
    const x = mound.x + Math.cos(angle) * mound.rx * reach;
    const y = mound.y + Math.sin(angle) * mound.ry * reach;
    return [x, y, ring === rings ? -0.05 : heapHeight(mound, seed, x, y)];
  };
  const dust = mixed(DUST, mound.color, 0.3);
  for (let ring = 0; ring < rings; ring++) {
    for (let side = 0; side < sides; side++) {
      const [a, b, c, d] = [point(ring + 1, side), point(ring + 1, side + 1), point(ring, side + 1), point(ring, side)];
      mesh.triangle(a, b, d, dust);
      if (ring > 0) mesh.triangle(b, c, d, dust);
    }
  }
}

function somewhereOn(mound: Mound, seed: number, rng: Rng, spread: number): Vec {
  const angle = rng.range(0, 2 * Math.PI);
  const reach = Math.sqrt(rng.next()) * spread;
  const [x, y] = [mound.x + Math.cos(angle) * mound.rx * reach, mound.y + Math.sin(angle) * mound.ry * reach];
  return [x, y, Math.max(0, heapHeight(mound, seed, x, y))];
}

/** Many small, few large; the large lie near the middle. */
function addLumpOn(mesh: MeshBuilder, mound: Mound, seed: number, rng: Rng): void {
  const size = 0.16 + 0.95 * rng.next() ** 3.2;
  const [x, y, z] = somewhereOn(mound, seed, rng, size > 0.5 ? 0.8 : 1.15);
  const base = rng.chance(0.5) ? mixed(CONCRETE, mound.color, 0.85) : CONCRETE;
  const frame = turned([x, y, z + size * 0.12], rng.range(0, 6.3), rng.range(-0.7, 0.7), rng.range(-0.7, 0.7));
  mesh.nextObject();
  const edges: Vec = [size * rng.range(0.8, 1.6), size * rng.range(0.6, 1.1), size * rng.range(0.4, 0.9)];
  addLump(mesh, frame, edges, rng, tinted(base, rng.range(0.7, 1.25)));
}

/** A piece of floor that slid down and leans on the heap. */
function addSlabOn(mesh: MeshBuilder, mound: Mound, seed: number, rng: Rng): void {
  const [x, y, z] = somewhereOn(mound, seed, rng, 0.7);
  const frame = turned([x, y, z + 0.25], rng.range(0, 6.3), rng.range(-0.8, 0.8), rng.range(-0.5, 0.5));
  mesh.nextObject();
  const size: Vec = [rng.range(1.2, 2.9), rng.range(0.9, 2), 0.24];
  addLump(mesh, frame, size, rng, tinted(CONCRETE, rng.range(0.85, 1.2)));
}

function addBeamOn(mesh: MeshBuilder, mound: Mound, seed: number, rng: Rng): void {
  const from = somewhereOn(mound, seed, rng, 0.8);
  const heading = rng.range(0, 2 * Math.PI);
  const reach = rng.range(0.9, 2.8);
  const rise = rng.range(0.1, 0.9) * reach;
  const to: Vec = [from[0] + Math.cos(heading) * reach, from[1] + Math.sin(heading) * reach, from[2] + rise];
  mesh.nextObject();
  addBeam(mesh, from, to, rng.range(0.05, 0.14), rng.chance(0.5) ? TIMBER : STEEL);
}

/** Loose crumbs between `y0` and `y1`, up to `half` metres from the middle of the street. */
export function addCrumbs(
  mesh: MeshBuilder,
  count: number,
  [y0, y1]: readonly [number, number],
  half: number,
  rng: Rng,
): void {
  for (let i = 0; i < count; i++) {
    const size = 0.05 + 0.3 * rng.next() ** 4;
    // Denser towards the houses, where it came from.
    const side = rng.chance(0.5) ? 1 : -1;
    const x = side * half * Math.sqrt(rng.next());
    const frame = turned(
      [x, rng.range(y0, y1), size * 0.2 + (Math.abs(x) > 5.5 ? 0.16 : 0)],
      rng.range(0, 6.3),
      0.3,
      0.2,
    );
    mesh.nextObject();
    addLump(mesh, frame, [size * 1.3, size, size * 0.7], rng, tinted(CONCRETE, rng.range(0.5, 1.1)));
  }
}

function mixed(surface: Surface, color: Rgb, amount: number): Surface {
  const part = (i: 0 | 1 | 2) => surface.color[i] * (1 - amount) + color[i] * amount;
  return { ...surface, color: [part(0), part(1), part(2)] };
}
