/** Computes the colour of a point of a triangle: texture, sun, sky, and the haze in front of it. */
import { addFires } from './fires.js';
import type { Lighting } from './light.js';
import type { Mesh } from './mesh.js';
import type { NoiseTile } from './noise.js';
import { clearSky, cloudySky, SUN, SUNLIGHT } from './sky.js';
import { TEXTURES, type Texture } from './surface.js';
import { clamp, smoothstep } from './vector.js';

/** Share of light that is lost on one metre of dusty air. */
const HAZE = 0.0065;

export class Shader {
  private readonly sky = new Float64Array(3);
  private readonly light = new Float64Array(3);
  private readonly haze = new HazeTable();

  constructor(
    private readonly mesh: Mesh,
    private readonly lighting: Lighting,
    private readonly tile: NoiseTile,
  ) {}

  /** Linear colour of the sky in a unit direction. */
  skyAt(dx: number, dy: number, dz: number, out: Float64Array): void {
    cloudySky(dx, dy, dz, this.tile, out);
  }

  /** Linear colour of the point (x, y, z) of a triangle, seen along the unit direction d over `distance` metres. */
  shade(triangle: number, point: Point, out: Float64Array): void {
    const { normals, colors, textures } = this.mesh;
    const i = triangle * 3;
    const [nx, ny, nz] = [normals[i] ?? 0, normals[i + 1] ?? 0, normals[i + 2] ?? 0];
    const texture = TEXTURES[textures[triangle] ?? 0] ?? 'plain';
    this.illuminate(point, nx, ny, nz);
    const strength = this.patternAt(texture, point, nx, ny, nz);
    for (let k = 0; k < 3; k++) out[k] = (colors[i + k] ?? 0) * strength * (this.light[k] ?? 0);
    if (texture === 'glass') this.addReflection(point, nx, ny, nz, out);
    this.addHaze(point, out);
  }

  private illuminate({ x, y, z }: Point, nx: number, ny: number, nz: number): void {
    const { light, lighting } = this;
    light.fill(0);
    lighting.addSky(x + nx * 0.7, y + ny * 0.7, z + nz * 0.7, nx, ny, nz, light);
    addFires(x, y, z, nx, ny, nz, light);
    const facing = nx * SUN[0] + ny * SUN[1] + nz * SUN[2];
    if (facing <= 0) return;
    const sun = facing * lighting.sunAt(x + nx * 0.06, y + ny * 0.06, z + nz * 0.06);
    for (let k = 0; k < 3; k++) light[k] = (light[k] ?? 0) + sun * (SUNLIGHT[k] ?? 0);
  }

  /** Brightness of the texture around 1; fine detail fades with the distance, where it would only flicker. */
  private patternAt(texture: Texture, { x, y, z, distance }: Point, nx: number, ny: number, nz: number): number {
    const flat = Math.abs(nz) > 0.7;
    const u = flat || Math.abs(ny) > Math.abs(nx) ? x : y;
    const v = flat ? y : z;
    const stain = 1 + 0.34 * this.tile.at(u * 4.2, v * 3.1);
    const near = 1 - smoothstep(6, 34, distance);
    switch (texture) {
      case 'brick':
        // Dirt runs down the walls: the stains are stretched along z.
        return stain * (1 + 0.28 * this.tile.at(u * 17, v * 2.2 + 31)) * brick(u, v, near);
      case 'concrete':
        return stain * (1 + 0.3 * near * this.tile.at(u * 26, v * 26));
      case 'asphalt':
        return (
          stain * (1 + 0.45 * this.tile.at(u * 1.6 + 9, v * 1.1)) * (1 + 0.45 * near * this.tile.at(u * 47, v * 47))
        );
      case 'plaster':
        return stain * (1 + 0.25 * this.tile.at(u * 9 + 3, v * 9));
      case 'metal':
        return 1 + 0.5 * this.tile.at(u * 14, v * 14 + 7);
      case 'plain':
      case 'glass':
        return 1;
    }
  }

  /** Window panes mirror the sky, more so at grazing angles. */
  private addReflection({ x, y, z, dx, dy, dz }: Point, nx: number, ny: number, nz: number, out: Float64Array): void {
    const facing = dx * nx + dy * ny + dz * nz;
    const [rx, ry, rz] = [dx - 2 * facing * nx, dy - 2 * facing * ny, dz - 2 * facing * nz];
    clearSky(rx, ry, Math.abs(rz), this.sky);
    const mirror = 0.1 + 0.9 * (1 - clamp(-facing, 0, 1)) ** 3;
    const open = this.light[1] ?? 0;
    const wobble = 1 + 0.5 * this.tile.at(x * 6 + y * 6, z * 6);
    for (let k = 0; k < 3; k++)
      out[k] = (out[k] ?? 0) + mirror * wobble * (this.sky[k] ?? 0) * clamp(open * 1.6, 0.12, 1);
  }

  private addHaze({ z, dx, dy, distance }: Point, out: Float64Array): void {
    const thick = HAZE * (z > 12 ? 12 / z : 1);
    const clear = Math.exp(-distance * thick);
    const entry = this.haze.entry(dx, dy);
    for (let k = 0; k < 3; k++) out[k] = (out[k] ?? 0) * clear + (this.haze.colors[entry + k] ?? 0) * (1 - clear);
  }
}

/** Dust scatters less than the glow of the sky is strong. */
const dusty = (light: number): number => (0.6 * light) / (1 + 0.35 * light);

/** Colour of the air by the cosine of the level angle to the sun: looked up for every sample, so kept as a table. */
class HazeTable {
  private readonly steps = 512;
  readonly colors = new Float64Array(this.steps * 3);
  private readonly sunLevel = Math.hypot(SUN[0], SUN[1]);

  constructor() {
    const color = new Float64Array(3);
    for (let i = 0; i < this.steps; i++) {
      const heading = Math.atan2(SUN[1], SUN[0]) + Math.acos((2 * (i + 0.5)) / this.steps - 1);
      clearSky(Math.cos(heading), Math.sin(heading), 0.12, color);
      for (let k = 0; k < 3; k++) this.colors[i * 3 + k] = dusty(color[k] ?? 0);
    }
  }

  /** Index into `colors` for a unit direction. */
  entry(dx: number, dy: number): number {
    const cosine = (dx * SUN[0] + dy * SUN[1]) / (Math.sqrt(dx * dx + dy * dy) * this.sunLevel);
    return clamp(Math.floor((cosine * 0.5 + 0.5) * this.steps), 0, this.steps - 1) * 3;
  }
}

/** A place with the unit direction (dx, dy, dz) under which it is seen. */
export interface Point {
  x: number;
  y: number;
  z: number;
  dx: number;
  dy: number;
  dz: number;
  /** Metres from the eye. */
  distance: number;
}

/** Courses of 9 cm with joints, every second one shifted. */
function brick(u: number, v: number, near: number): number {
  const course = Math.floor(v / 0.09);
  const along = u / 0.24 + (course & 1) * 0.5;
  const joint = v / 0.09 - course < 0.17 || along - Math.floor(along) < 0.07;
  const tone = (Math.imul(course * 31 + Math.floor(along), 0x9e3779b1) >>> 24) / 255;
  return 1 + near * (joint ? 0.42 : (tone - 0.5) * 0.4);
}
