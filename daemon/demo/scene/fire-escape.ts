/** The iron stairs on a street front: platforms with railings, stairs between them, torn where the wall is. */
import type { Damage } from './damage.js';
import { FLOOR, GROUND_FLOOR } from './facade.js';
import type { MeshBuilder } from './mesh.js';
import type { Rng } from './rng.js';
import { addBeam } from './solids.js';
import type { Surface } from './surface.js';
import { at, type Frame } from './vector.js';

const IRON: Surface = { part: 'fire escape', color: [0.055, 0.045, 0.04], texture: 'metal' };
const REACH = 1.15;
const RAIL = 1;

export function addFireEscape(
  mesh: MeshBuilder,
  wall: Frame,
  width: number,
  floors: number,
  damage: Damage,
  rng: Rng,
): void {
  const center = width * rng.range(0.42, 0.58);
  const stairs = new Stairs(mesh, wall, center - 2.1, center + 2.1);
  mesh.nextObject();
  for (let floor = 1; floor < floors; floor++) {
    const v = GROUND_FLOOR + (floor - 1) * FLOOR + 0.45;
    const holds = (u: number) => damage.left(at(wall, u, v + 1, 0)) > 0.2;
    if (!holds(center - 1.5) || !holds(center + 1.5)) continue;
    stairs.addPlatform(v);
    if (floor + 1 < floors) stairs.addFlight(v, v + FLOOR, floor % 2 === 0);
    else stairs.addLadder(v, v + FLOOR + 0.6);
    if (floor === 1) stairs.addLadder(v - 2.2, v);
  }
}

class Stairs {
  constructor(
    private readonly mesh: MeshBuilder,
    private readonly wall: Frame,
    private readonly u0: number,
    private readonly u1: number,
  ) {}

  addPlatform(v: number): void {
    const { u0, u1 } = this;
    // A grating: bars with gaps, so that sky and wall show through from below.
    for (let w = 0.1; w <= REACH; w += 0.21) this.bar(u0, v, w, u1, v, w, 0.07);
    for (let u = u0; u <= u1 + 0.01; u += (u1 - u0) / 4) {
      this.bar(u, v - 0.05, 0, u, v - 0.05, REACH, 0.08);
      this.bar(u, v - 0.75, 0, u, v - 0.05, REACH * 0.9, 0.06);
    }
    this.addRailing(v);
  }

  private addRailing(v: number): void {
    const { u0, u1 } = this;
    for (const height of [RAIL * 0.5, RAIL]) {
      this.bar(u0, v + height, REACH, u1, v + height, REACH, 0.05);
      this.bar(u0, v + height, 0, u0, v + height, REACH, 0.05);
      this.bar(u1, v + height, 0, u1, v + height, REACH, 0.05);
    }
    const posts = 12;
    for (let i = 0; i <= posts; i++) {
      const u = u0 + ((u1 - u0) * i) / posts;
      this.bar(u, v, REACH, u, v + RAIL, REACH, i % 4 === 0 ? 0.06 : 0.03);
    }
  }

  addFlight(from: number, to: number, mirrored: boolean): void {
    const low = mirrored ? this.u1 - 0.5 : this.u0 + 0.5;
    const high = mirrored ? this.u0 + 0.9 : this.u1 - 0.9;
    for (const w of [0.3, 0.85]) {
      this.bar(low, from, w, high, to, w, 0.08);
      this.bar(low, from + 0.85, w, high, to + 0.85, w, 0.04);
    }
    for (let i = 1; i < 12; i++) {
      const [u, v] = [low + ((high - low) * i) / 12, from + ((to - from) * i) / 12];
      this.bar(u, v, 0.3, u, v, 0.85, 0.07);
    }
  }

  addLadder(from: number, to: number): void {
    const u = this.u0 + 0.4;
    this.bar(u, from, 0.5, u, to, 0.5, 0.05);
    this.bar(u + 0.45, from, 0.5, u + 0.45, to, 0.5, 0.05);
    for (let v = from + 0.2; v < to; v += 0.4) this.bar(u, v, 0.5, u + 0.45, v, 0.5, 0.04);
  }

  private bar(u0: number, v0: number, w0: number, u1: number, v1: number, w1: number, size: number): void {
    addBeam(this.mesh, at(this.wall, u0, v0, w0), at(this.wall, u1, v1, w1), size, IRON);
  }
}
