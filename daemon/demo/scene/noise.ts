/** Smooth seeded noise: in space for what is broken, on a tile for what is dirty. */
import { mix, type Vec } from './vector.js';

/** Value noise in -1..1 with features of one metre; scale the point for other sizes. */
export function noise3(point: Vec, seed: number): number {
  const [x, y, z] = point;
  const [ix, iy, iz] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [tx, ty, tz] = [ease(x - ix), ease(y - iy), ease(z - iz)];
  const corner = (dx: number, dy: number, dz: number) => hash(ix + dx, iy + dy, iz + dz, seed);
  const floor = mix(mix(corner(0, 0, 0), corner(1, 0, 0), tx), mix(corner(0, 1, 0), corner(1, 1, 0), tx), ty);
  const roof = mix(mix(corner(0, 0, 1), corner(1, 0, 1), tx), mix(corner(0, 1, 1), corner(1, 1, 1), tx), ty);
  return mix(floor, roof, tz) * 2 - 1;
}

const ease = (t: number) => t * t * (3 - 2 * t);

/** 0..1 from four integers. */
function hash(x: number, y: number, z: number, seed: number): number {
  let mixed = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x1b873593) ^ seed;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const TILE = 256;

/** A repeating 256 x 256 table of four octaves, looked up millions of times a frame. */
export class NoiseTile {
  private readonly values = new Float32Array(TILE * TILE);

  constructor(seed: number) {
    for (let y = 0; y < TILE; y++) {
      for (let x = 0; x < TILE; x++) this.values[y * TILE + x] = octaves(x, y, seed);
    }
  }

  /** -1..1, bilinear; the tile repeats every 256 units. */
  at(x: number, y: number): number {
    const [ix, iy] = [Math.floor(x), Math.floor(y)];
    const [tx, ty] = [x - ix, y - iy];
    const top = mix(this.texel(ix, iy), this.texel(ix + 1, iy), tx);
    return mix(top, mix(this.texel(ix, iy + 1), this.texel(ix + 1, iy + 1), tx), ty);
  }

  private texel(x: number, y: number): number {
    return this.values[((y & (TILE - 1)) << 8) | (x & (TILE - 1))] ?? 0;
  }
}

/** Cells of 32, 16, 8 and 4 texels; each wraps at the border of the tile, so that it repeats without a seam. */
function octaves(x: number, y: number, seed: number): number {
  let sum = 0;
  for (let cell = 32, strength = 0.5; cell >= 4; cell /= 2, strength /= 2) {
    const cells = TILE / cell;
    const [ix, iy] = [Math.floor(x / cell), Math.floor(y / cell)];
    const [tx, ty] = [ease(x / cell - ix), ease(y / cell - iy)];
    const corner = (dx: number, dy: number) => hash((ix + dx) % cells, (iy + dy) % cells, cell, seed);
    sum += strength * (mix(mix(corner(0, 0), corner(1, 0), tx), mix(corner(0, 1), corner(1, 1), tx), ty) * 2 - 1);
  }
  return sum * 1.6;
}
