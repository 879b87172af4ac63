/** A dusk sky: warm at the horizon, blue above, brightest around the low sun, with streaks of cloud. */
import type { NoiseTile } from './noise.js';
import { clamp, normalize, smoothstep, type Vec } from './vector.js';

/** Towards the sun: low, ahead and to the left of the street. */
export const SUN: Vec = normalize([-0.8, 0.5, 0.36]);
/** Light of the sun on a surface that faces it, linear. */
export const SUNLIGHT: Vec = [7.5, 4.3, 2.1];

const ZENITH: Vec = [0.07, 0.12, 0.27];
const MIDDLE: Vec = [0.42, 0.31, 0.36];
const HORIZON: Vec = [1.05, 0.53, 0.27];
const GLOW: Vec = [1.5, 0.72, 0.27];

/** Linear colour of the sky without clouds in the unit direction (x, y, z). */
export function clearSky(x: number, y: number, z: number, out: Float64Array): void {
  const height = clamp(z, 0, 1);
  const low = (1 - height) ** 9;
  const middle = (1 - height) ** 2.6;
  const towards = Math.max(0, x * SUN[0] + y * SUN[1] + z * SUN[2]);
  const glow = 0.75 * towards ** 6 * (1 - height) + 0.9 * towards ** 40 + 5 * towards ** 900;
  const side = 0.5 + 0.5 * (x * SUN[0] + y * SUN[1]);
  for (let i = 0; i < 3; i++) {
    const base = (ZENITH[i] ?? 0) * (1 - middle) + (MIDDLE[i] ?? 0) * middle;
    out[i] = base * (1 - low) + (HORIZON[i] ?? 0) * low * (0.45 + 0.55 * side) + (GLOW[i] ?? 0) * glow;
  }
}

/** Adds thin clouds, lit from below. */
export function cloudySky(x: number, y: number, z: number, tile: NoiseTile, out: Float64Array): void {
  clearSky(x, y, z, out);
  if (z <= 0) return;
  const [u, v] = [x / (z + 0.12), y / (z + 0.12)];
  const noise = tile.at(u * 16 + 40, v * 5 + 90) + 0.5 * tile.at(u * 45, v * 16);
  const cover = 0.6 * smoothstep(0.02, 0.75, noise) * smoothstep(0, 0.12, z);
  const towards = Math.max(0, x * SUN[0] + y * SUN[1] + z * SUN[2]);
  const light = 0.42 + 1.1 * towards ** 4;
  out[0] = (out[0] ?? 0) * (1 - cover) + cover * light * 1.0;
  out[1] = (out[1] ?? 0) * (1 - cover) + cover * light * 0.55;
  out[2] = (out[2] ?? 0) * (1 - cover) + cover * light * 0.48;
}
