/** Where the windows of a street front are, and what is left in them. */
import type { Damage } from './damage.js';
import type { MeshBuilder } from './mesh.js';
import { addCard } from './panel.js';
import type { Rng } from './rng.js';
import { addLump } from './solids.js';
import type { Surface } from './surface.js';
import { at, type Frame, scale } from './vector.js';

export const GROUND_FLOOR = 4.2;
export const FLOOR = 3.3;

/** A window or shop front in metres of its wall. */
export interface Opening {
  readonly u0: number;
  readonly u1: number;
  readonly v0: number;
  readonly v1: number;
  readonly floor: number;
}

/** One opening a bay and floor; the ground floor has shop fronts and a door. */
export function openingsOf(width: number, floors: number): Opening[] {
  const bays = Math.max(2, Math.round(width / 2.9));
  const bay = width / bays;
  const openings: Opening[] = [];
  for (let floor = 0; floor < floors; floor++) {
    for (let i = 0; i < bays; i++) {
      const center = (i + 0.5) * bay;
      const half = floor === 0 ? bay * 0.38 : bay * 0.23;
      const sill = floor === 0 ? (i === bays - 1 ? 0 : 0.6) : GROUND_FLOOR + (floor - 1) * FLOOR + 0.9;
      const top = floor === 0 ? 3.1 : sill + 1.8;
      openings.push({ u0: center - half, u1: center + half, v0: sill, v1: top, floor });
    }
  }
  return openings;
}

export function isOpen(openings: readonly Opening[], u: number, v: number): boolean {
  return openings.some((opening) => u > opening.u0 && u < opening.u1 && v > opening.v0 && v < opening.v1);
}

const GLASS: Surface = { part: 'window', color: [0.05, 0.06, 0.07], texture: 'glass' };
const BOARD: Surface = { part: 'window', color: [0.3, 0.2, 0.11], texture: 'plain' };
const SASH: Surface = { part: 'window', color: [0.5, 0.47, 0.42], texture: 'plain' };

/** Glass, splinters, boards or nothing: the nearer to the damage, the less is left. */
export function addWindow(mesh: MeshBuilder, wall: Frame, opening: Opening, damage: Damage, rng: Rng): void {
  const { u0, u1, v0, v1 } = opening;
  const left = damage.left(at(wall, (u0 + u1) / 2, (v0 + v1) / 2, 0));
  const luck = rng.next();
  if (left < 0.6) return;
  mesh.nextObject();
  if (luck < Math.min(0.62, left * 0.1)) addSash(mesh, wall, opening);
  else if (luck < 0.72) addSplinters(mesh, wall, opening, rng);
  else if (luck < 0.8) addBoards(mesh, wall, opening, rng);
}

const GLASS_DEPTH = -0.17;
const SASH_DEPTH = -0.14;

function addSash(mesh: MeshBuilder, wall: Frame, { u0, u1, v0, v1 }: Opening): void {
  const card = (u: number, v: number, width: number, height: number, depth: number, surface: Surface) =>
    addCard(mesh, at(wall, u, v, depth), scale(wall.u, width), scale(wall.v, height), surface);
  // The wall is cut at whole cells: the pane reaches into it on all sides, so that no gap shows.
  card(u0 - 0.25, v0 - 0.25, u1 - u0 + 0.5, v1 - v0 + 0.5, GLASS_DEPTH, GLASS);
  card((u0 + u1) / 2 - 0.04, v0 - 0.25, 0.08, v1 - v0 + 0.5, SASH_DEPTH, SASH);
  card(u0 - 0.25, (v0 + v1) / 2 - 0.04, u1 - u0 + 0.5, 0.08, SASH_DEPTH, SASH);
}

function addSplinters(mesh: MeshBuilder, wall: Frame, { u0, u1, v0, v1 }: Opening, rng: Rng): void {
  const reach = () => rng.range(0.25, 0.8);
  for (const [u, v, du, dv] of [
    [u0, v0, 1, 1],
    [u1, v0, -1, 1],
    [u1, v1, -1, -1],
  ] as const) {
    const corner = at(wall, u - du * 0.2, v - dv * 0.2, GLASS_DEPTH);
    const side = at(wall, u + du * reach() * (u1 - u0) * 0.8, v - dv * 0.2, GLASS_DEPTH);
    const up = at(wall, u - du * 0.2, v + dv * reach() * (v1 - v0), GLASS_DEPTH);
    if (du * dv > 0) mesh.triangle(corner, side, up, GLASS);
    else mesh.triangle(corner, up, side, GLASS);
  }
}

function addBoards(mesh: MeshBuilder, wall: Frame, { u0, u1, v0, v1 }: Opening, rng: Rng): void {
  for (let v = v0; v < v1 - 0.2; v += 0.42) {
    const tilt = rng.range(-0.06, 0.06);
    const origin = at(wall, (u0 + u1) / 2, v + 0.2, 0.02);
    const frame = { ...wall, origin, v: at({ ...wall, origin: [0, 0, 0] }, tilt, 1, 0) };
    addLump(mesh, frame, [u1 - u0 + 0.5, 0.3, 0.05], rng, BOARD);
  }
}
