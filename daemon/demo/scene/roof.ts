/** What stands on a roof: stair head, chimneys, a water tank. */
import type { Damage } from './damage.js';
import type { Lot } from './lot.js';
import type { MeshBuilder } from './mesh.js';
import type { Rng } from './rng.js';
import { addBeam, addPrism } from './solids.js';
import type { Surface } from './surface.js';
import { type Vec, WORLD } from './vector.js';

const WOOD: Surface = { part: 'roof', color: [0.2, 0.12, 0.07], texture: 'metal' };
const IRON: Surface = { part: 'roof', color: [0.07, 0.065, 0.06], texture: 'metal' };
const BRICK: Surface = { part: 'roof', color: [0.3, 0.17, 0.12], texture: 'brick' };

export function addRoof(mesh: MeshBuilder, lot: Lot, height: number, damage: Damage, rng: Rng): void {
  const spot = (): Vec => [rng.range(lot.x0 + 2.5, lot.x1 - 2.5), rng.range(lot.y0 + 2.5, lot.y1 - 2.5), height];
  const stands = (place: Vec) => damage.left(place) > 1.6;
  const [tank, stairs, chimney] = [spot(), spot(), spot()];
  if (stands(tank) && rng.chance(0.7)) addTank(mesh, tank);
  if (stands(stairs)) addBlock(mesh, stairs, [1.4, 1.8, 2.4]);
  if (stands(chimney)) addBlock(mesh, chimney, [0.4, 0.6, 2.1]);
}

function addBlock(mesh: MeshBuilder, place: Vec, [x, y, z]: Vec): void {
  mesh.nextObject();
  mesh.box({ ...WORLD, origin: place }, [-x, -y, 0], [x, y, z], BRICK);
}

function addTank(mesh: MeshBuilder, [x, y, z]: Vec): void {
  mesh.nextObject();
  for (const [dx, dy] of [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const) {
    addBeam(mesh, [x + dx, y + dy, z], [x + dx * 0.9, y + dy * 0.9, z + 2.6], 0.16, IRON);
    addBeam(mesh, [x + dx, y + dy, z + 0.3], [x - dy * 0.9, y + dx * 0.9, z + 2.4], 0.09, IRON);
  }
  addPrism(mesh, { ...WORLD, origin: [x, y, z + 2.6] }, { bottom: 1.45, top: 1.35, height: 2.7, sides: 12 }, WOOD);
  addPrism(mesh, { ...WORLD, origin: [x, y, z + 5.3] }, { bottom: 1.6, top: 0.05, height: 0.9, sides: 12 }, IRON);
}
