/** One building: four walls, slabs, rooms, cornice and roof, all cut by the same damage. */
import type { Damage } from './damage.js';
import { addWindow, FLOOR, GROUND_FLOOR, isOpen, type Opening, openingsOf } from './facade.js';
import { addFireEscape } from './fire-escape.js';
import type { Lot } from './lot.js';
import type { MeshBuilder } from './mesh.js';
import { addPanel } from './panel.js';
import type { Rng } from './rng.js';
import { addRoof } from './roof.js';
import type { Rgb, Surface } from './surface.js';
import { at, type Frame, UP, type Vec } from './vector.js';

interface Wall {
  readonly side: 'east' | 'west' | 'south' | 'north';
  readonly frame: Frame;
  readonly width: number;
}

const THICKNESS = 0.35;
const PARAPET = 0.9;
const CONCRETE: Surface = { part: 'interior', color: [0.34, 0.32, 0.29], texture: 'concrete' };
const WALLPAPERS: readonly [Rgb, ...Rgb[]] = [
  [0.42, 0.36, 0.24],
  [0.24, 0.34, 0.31],
  [0.42, 0.24, 0.18],
  [0.46, 0.42, 0.36],
  [0.2, 0.28, 0.36],
];

export function heightOf(floors: number): number {
  return GROUND_FLOOR + (floors - 1) * FLOOR;
}

export function addBuilding(mesh: MeshBuilder, lot: Lot, damage: Damage, rng: Rng): void {
  mesh.nextObject();
  for (const wall of wallsOf(lot)) addWall(mesh, lot, wall, damage, rng.fork(wall.side));
  addInside(mesh, lot, damage, rng.fork('inside'));
  addRoof(mesh, lot, heightOf(lot.floors), damage, rng.fork('roof'));
}

/** Each looks outwards (u x up); the ends fit between the long walls, so that no two faces share a plane. */
function wallsOf({ x0, x1, y0, y1 }: Lot): Wall[] {
  const wall = (side: Wall['side'], origin: Vec, u: Vec, w: Vec, width: number) => ({
    side,
    frame: { origin, u, v: UP, w },
    width,
  });
  return [
    wall('east', [x1, y0, 0], [0, 1, 0], [1, 0, 0], y1 - y0),
    wall('west', [x0, y1, 0], [0, -1, 0], [-1, 0, 0], y1 - y0),
    wall('south', [x0 + THICKNESS, y0, 0], [1, 0, 0], [0, -1, 0], x1 - x0 - 2 * THICKNESS),
    wall('north', [x1 - THICKNESS, y1, 0], [-1, 0, 0], [0, 1, 0], x1 - x0 - 2 * THICKNESS),
  ];
}

function addWall(mesh: MeshBuilder, lot: Lot, wall: Wall, damage: Damage, rng: Rng): void {
  const isFront = wall.side === lot.front;
  const front: Surface = { part: 'facade', color: lot.color, texture: lot.texture };
  const openings = isFront ? openingsOf(wall.width, lot.floors) : [];
  addPanel(mesh, {
    origin: wall.frame.origin,
    u: wall.frame.u,
    v: UP,
    width: wall.width,
    height: heightOf(lot.floors) + PARAPET,
    thickness: THICKNESS,
    cell: (isFront ? 0.45 : 0.75) / Math.sqrt(lot.detail),
    front,
    back: { part: 'interior', color: rng.pick(WALLPAPERS), texture: 'plaster' },
    rim: { part: 'facade', color: [0.4, 0.33, 0.27], texture: 'concrete' },
    left: (point) => damage.left(point),
    opening: (u, v) => isOpen(openings, u, v),
  });
  if (!isFront) return;
  for (const opening of openings) addWindow(mesh, wall.frame, opening, damage, rng);
  addTrim(mesh, wall, lot, openings, damage);
  if (lot.fireEscape) addFireEscape(mesh, wall.frame, wall.width, lot.floors, damage, rng);
}

/** Sills, lintels, a band over the shops and the cornice, where the wall behind them still stands. */
function addTrim(mesh: MeshBuilder, wall: Wall, lot: Lot, openings: readonly Opening[], damage: Damage): void {
  const [red, green, blue] = lot.color;
  const stone: Surface = {
    part: 'facade',
    color: [red * 0.4 + 0.22, green * 0.4 + 0.2, blue * 0.4 + 0.17],
    texture: 'concrete',
  };
  const ledge = (u0: number, u1: number, v0: number, v1: number, out: number) => {
    if (damage.left(at(wall.frame, (u0 + u1) / 2, (v0 + v1) / 2, 0)) < 0.35) return;
    mesh.box(wall.frame, [u0, v0, 0], [u1, v1, out], stone);
  };
  mesh.nextObject();
  for (const { u0, u1, v0, v1, floor } of openings) {
    if (floor === 0) continue;
    ledge(u0 - 0.2, u1 + 0.2, v0 - 0.22, v0 - 0.04, 0.14);
    ledge(u0 - 0.2, u1 + 0.2, v1 + 0.04, v1 + 0.3, 0.07);
  }
  const top = heightOf(lot.floors);
  for (let u = 0; u < wall.width - 0.01; u += 0.8) {
    const end = Math.min(wall.width, u + 0.8);
    ledge(u, end, GROUND_FLOOR - 0.5, GROUND_FLOOR - 0.1, 0.2);
    ledge(u, end, top + 0.1, top + 0.5, 0.35);
    ledge(u, end, top + 0.5, top + PARAPET, 0.5);
    ledge(u + 0.2, u + 0.45, top - 0.4, top + 0.1, 0.28);
  }
}

/** Floors, one wall along the house and two across on every storey. */
function addInside(mesh: MeshBuilder, lot: Lot, damage: Damage, rng: Rng): void {
  const [width, depth] = [lot.x1 - lot.x0 - 2 * THICKNESS, lot.y1 - lot.y0 - 2 * THICKNESS];
  const [x, y] = [lot.x0 + THICKNESS, lot.y0 + THICKNESS];
  const left = (point: Vec) => damage.left(point);
  const slab = { u: [1, 0, 0], v: [0, 1, 0], thickness: 0.32, cell: 0.75 / Math.sqrt(lot.detail) } as const;
  for (let floor = 1; floor <= lot.floors; floor++) {
    const z = heightOf(floor);
    const top: Surface =
      floor === lot.floors ? { part: 'roof', color: [0.1, 0.1, 0.11], texture: 'asphalt' } : CONCRETE;
    mesh.nextObject();
    addPanel(mesh, {
      ...slab,
      origin: [x, y, z],
      width,
      height: depth,
      front: top,
      back: CONCRETE,
      rim: { ...CONCRETE, color: [0.46, 0.43, 0.4] },
      left,
    });
    addRooms(mesh, { x, y, z: floor === 1 ? 0 : heightOf(floor - 1), top: z, width, depth }, left, rng);
  }
}

interface Storey {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly top: number;
  readonly width: number;
  readonly depth: number;
}

function addRooms(mesh: MeshBuilder, storey: Storey, left: (point: Vec) => number, rng: Rng): void {
  const { x, y, z, top, width, depth } = storey;
  const paper: Surface = { part: 'interior', color: rng.pick(WALLPAPERS), texture: 'plaster' };
  const wall = {
    v: UP,
    height: top - z - 0.32,
    thickness: 0.15,
    cell: 0.7,
    front: paper,
    back: paper,
    rim: CONCRETE,
    left,
  };
  const door = (u: number, v: number) => v < 2.1 && Math.abs((u % 4) - 2) < 0.5;
  mesh.nextObject();
  addPanel(mesh, { ...wall, origin: [x + width / 2, y, z], u: [0, 1, 0], width: depth, opening: door });
  for (const part of [0.35, 0.7]) {
    addPanel(mesh, { ...wall, origin: [x, y + depth * part, z], u: [1, 0, 0], width, opening: door });
  }
}
