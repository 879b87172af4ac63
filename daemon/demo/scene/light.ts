/** Light that does not change while the camera flies: the sun's shadow, and how much sky every place sees. */
import type { Mesh } from './mesh.js';
import { inLight, type LightView, lightFrom, Polygons, seenByLight } from './polygons.js';
import { Raster } from './raster.js';
import { clearSky, SUN } from './sky.js';
import { clamp, type Vec } from './vector.js';

/** Middle of the block, metres. */
const CENTER: Vec = [0, 46, 10];
const SUN_REACH = 82;
const SUN_PIXELS = 2048;
/** A surface must be this far behind another to lie in its shadow, metres. */
const BIAS = 0.16;

/** Nearest surface towards a light, for every place. */
class ShadowMap {
  private readonly raster: Raster;
  private readonly point = new Float64Array(3);

  constructor(
    mesh: Mesh,
    private readonly view: LightView,
    scratch: Polygons,
  ) {
    this.raster = new Raster(view.size, view.size);
    this.raster.draw(seenByLight(mesh, view, scratch));
  }

  /** 0 in shadow, 1 in the light, between on its border. */
  soft(x: number, y: number, z: number): number {
    inLight(this.view, x, y, z, this.point);
    const [px, py, near] = [(this.point[0] ?? 0) - 0.5, (this.point[1] ?? 0) - 0.5, (this.point[2] ?? 0) + BIAS];
    const [ix, iy] = [Math.floor(px), Math.floor(py)];
    const [tx, ty] = [px - ix, py - iy];
    const top = this.lit(ix, iy, near) * (1 - tx) + this.lit(ix + 1, iy, near) * tx;
    const bottom = this.lit(ix, iy + 1, near) * (1 - tx) + this.lit(ix + 1, iy + 1, near) * tx;
    return top * (1 - ty) + bottom * ty;
  }

  hard(x: number, y: number, z: number): number {
    inLight(this.view, x, y, z, this.point);
    return this.lit(Math.floor(this.point[0] ?? 0), Math.floor(this.point[1] ?? 0), (this.point[2] ?? 0) + BIAS);
  }

  private lit(x: number, y: number, near: number): 0 | 1 {
    const { width, height, nearness } = this.raster;
    if (x < 0 || y < 0 || x >= width || y >= height) return 1;
    return near >= (nearness[y * width + x] ?? 0) ? 1 : 0;
  }
}

/** Share of the sky's light that comes from the six main directions, on a coarse grid over the block. */
class SkyVolume {
  private readonly cell = 1.2;
  private readonly low: Vec = [-30, -18, -0.6];
  private readonly size: Vec = [50, 108, 31];
  /** Six numbers a cell: light towards +x, -x, +y, -y, +z, -z. */
  private readonly values = new Float32Array(50 * 108 * 31 * 6);

  constructor(mesh: Mesh, scratch: Polygons) {
    const sums = new Float64Array(6);
    for (const direction of skyDirections()) {
      const weights = axisWeights(direction);
      weights.forEach((weight, axis) => {
        sums[axis] = (sums[axis] ?? 0) + weight;
      });
      this.gather(new ShadowMap(mesh, lightFrom(direction, CENTER, SUN_REACH, 400), scratch), weights);
    }
    for (let i = 0; i < this.values.length; i++) this.values[i] = (this.values[i] ?? 0) / (sums[i % 6] ?? 1);
  }

  private gather(map: ShadowMap, weights: readonly number[]): void {
    const [nx, ny, nz] = this.size;
    let i = 0;
    for (let z = 0; z < nz; z++) {
      for (let y = 0; y < ny; y++) {
        for (let x = 0; x < nx; x++, i += 6) {
          if (map.hard(this.low[0] + x * this.cell, this.low[1] + y * this.cell, this.low[2] + z * this.cell) === 0)
            continue;
          for (let axis = 0; axis < 6; axis++)
            this.values[i + axis] = (this.values[i + axis] ?? 0) + (weights[axis] ?? 0);
        }
      }
    }
  }

  /** Trilinear, 0..1, for one of the six directions. */
  at(x: number, y: number, z: number, axis: number): number {
    const [nx, ny, nz] = this.size;
    const gx = clamp((x - this.low[0]) / this.cell, 0, nx - 1.001);
    const gy = clamp((y - this.low[1]) / this.cell, 0, ny - 1.001);
    const gz = clamp((z - this.low[2]) / this.cell, 0, nz - 1.001);
    const [ix, iy, iz] = [Math.floor(gx), Math.floor(gy), Math.floor(gz)];
    const [tx, ty, tz] = [gx - ix, gy - iy, gz - iz];
    const i = ((iz * ny + iy) * nx + ix) * 6 + axis;
    const [row, plane] = [nx * 6, nx * ny * 6];
    const low = this.along(i, tx) * (1 - ty) + this.along(i + row, tx) * ty;
    const high = this.along(i + plane, tx) * (1 - ty) + this.along(i + plane + row, tx) * ty;
    return low * (1 - tz) + high * tz;
  }

  private along(i: number, t: number): number {
    return (this.values[i] ?? 0) * (1 - t) + (this.values[i + 6] ?? 0) * t;
  }
}

/** 28 directions spread evenly over the upper half of the sphere (golden angle). */
function skyDirections(): Vec[] {
  const count = 28;
  return Array.from({ length: count }, (_, i) => {
    const z = (i + 0.5) / count;
    const angle = i * 2.399963;
    const flat = Math.sqrt(1 - z * z);
    return [flat * Math.cos(angle), flat * Math.sin(angle), z];
  });
}

/** How much light from `direction` falls on surfaces that look along the six main directions. */
function axisWeights([x, y, z]: Vec): number[] {
  const color = new Float64Array(3);
  clearSky(x, y, z, color);
  const strength = 0.3 * (color[0] ?? 0) + 0.6 * (color[1] ?? 0) + 0.1 * (color[2] ?? 0);
  return [x, -x, y, -y, z, 0.25].map((cosine) => Math.max(0, cosine) * strength);
}

/** Colour of the unobstructed sky's light on surfaces that look along the six main directions; below: the ground's. */
function axisColors(): Vec[] {
  const color = new Float64Array(3);
  const sums = Array.from({ length: 6 }, () => [0, 0, 0]);
  for (const [x, y, z] of skyDirections()) {
    clearSky(x, y, z, color);
    [x, -x, y, -y, z, 0].forEach((cosine, axis) => {
      for (let i = 0; i < 3; i++)
        (sums[axis] ?? [])[i] = (sums[axis]?.[i] ?? 0) + (Math.max(0, cosine) * (color[i] ?? 0)) / 8;
    });
  }
  sums[5] = [0.3, 0.2, 0.14];
  return sums.map(([r = 0, g = 0, b = 0]): Vec => [r, g, b]);
}

export class Lighting {
  private readonly sun: ShadowMap;
  private readonly sky: SkyVolume;
  private readonly skyColors = axisColors();

  constructor(mesh: Mesh) {
    const scratch = new Polygons(mesh.count);
    this.sun = new ShadowMap(mesh, lightFrom(SUN, CENTER, SUN_REACH, SUN_PIXELS), scratch);
    this.sky = new SkyVolume(mesh, scratch);
  }

  /** Sunlight, 0..1, at a place just above its surface. */
  sunAt(x: number, y: number, z: number): number {
    return this.sun.soft(x, y, z);
  }

  /** Adds the sky's light on a surface with the unit normal (nx, ny, nz) to `out`. */
  addSky(x: number, y: number, z: number, nx: number, ny: number, nz: number, out: Float64Array): void {
    this.addAxis(x, y, z, nx > 0 ? 0 : 1, nx * nx, out);
    this.addAxis(x, y, z, ny > 0 ? 2 : 3, ny * ny, out);
    this.addAxis(x, y, z, nz > 0 ? 4 : 5, nz * nz, out);
  }

  private addAxis(x: number, y: number, z: number, axis: number, weight: number, out: Float64Array): void {
    if (weight < 0.002) return;
    const light = this.sky.at(x, y, z, axis) * weight;
    const color = this.skyColors[axis];
    for (let i = 0; i < 3; i++) out[i] = (out[i] ?? 0) + light * (color?.[i] ?? 0);
  }
}
