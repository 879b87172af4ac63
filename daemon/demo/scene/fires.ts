/** Fires that still burn inside the houses: light without a flame to be seen, warm through holes and windows. */

interface Fire {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Light at one metre. */
  readonly strength: number;
}

const FIRES: readonly Fire[] = [
  { x: 12.5, y: 18.5, z: 10.2, strength: 26 },
  { x: 11.5, y: 4, z: 1.6, strength: 16 },
  { x: -11.5, y: 31, z: 5.5, strength: 22 },
  { x: -12, y: 20, z: 1.6, strength: 12 },
];
/** Metres at which the light of a fire has faded away. */
const REACH = 9;

/** Adds the light of the fires on a surface at (x, y, z) with the unit normal (nx, ny, nz) to `out`. */
export function addFires(x: number, y: number, z: number, nx: number, ny: number, nz: number, out: Float64Array): void {
  for (const fire of FIRES) {
    const dx = fire.x - x;
    const dy = fire.y - y;
    const dz = fire.z - z;
    const square = dx * dx + dy * dy + dz * dz;
    if (square > REACH * REACH) continue;
    const facing = (dx * nx + dy * ny + dz * nz) / Math.sqrt(square);
    if (facing <= 0) continue;
    const light = (facing * fire.strength * (1 - square / (REACH * REACH)) ** 2) / (1 + square);
    out[0] = (out[0] ?? 0) + light;
    out[1] = (out[1] ?? 0) + light * 0.34;
    out[2] = (out[2] ?? 0) + light * 0.07;
  }
}
