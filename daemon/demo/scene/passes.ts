/** One frame of the scene as passes: colour, depth, segmentation and edges, exact for every pixel. */
import type { Camera } from './camera.js';
import type { Mesh } from './mesh.js';
import { Polygons, seenByCamera } from './polygons.js';
import { NOTHING, Raster } from './raster.js';
import type { Point, Shader } from './shade.js';
import { PART_NAMES, PARTS } from './surface.js';

/** Distance along the view that depth shows as the greatest value but one, metres; 65535 is the sky. */
export const FAR = 140;
export const SKY_DEPTH = 65535;

export interface Passes {
  /** 8-bit RGB. */
  readonly color: Uint8Array;
  /** 16-bit: distance to the plane of the camera, linear, 0 = at the camera. */
  readonly depth: Uint16Array;
  readonly seg: Uint8Array;
  readonly edge: Uint8Array;
}

/** Where a pixel is sampled besides its middle, pixels: with it, upright and flat edges get four steps. */
const JITTER = [
  [-0.25, -0.375],
  [0.375, -0.125],
  [-0.125, 0.25],
] as const;

const PALETTE = PART_NAMES.map((part) => PARTS[part]);
const SKY = PART_NAMES.indexOf('sky');

export class PassRenderer {
  private readonly polygons: Polygons;
  private readonly middle: Raster;
  private readonly jittered: Raster;

  constructor(
    private readonly mesh: Mesh,
    private readonly width: number,
    private readonly height: number,
    private readonly shader?: Shader,
  ) {
    this.polygons = new Polygons(mesh.count);
    this.middle = new Raster(width, height);
    this.jittered = new Raster(width, height);
  }

  /** Without a shader the colour stays black: for tests of the exact passes. */
  render(camera: Camera): Passes {
    seenByCamera(this.mesh, camera, this.polygons);
    this.middle.draw(this.polygons);
    const exact = { depth: this.depth(), seg: this.segmentation(), edge: this.edges() };
    return { color: this.color(camera), ...exact };
  }

  private depth(): Uint16Array {
    const { nearness } = this.middle;
    const depth = new Uint16Array(nearness.length);
    for (let i = 0; i < depth.length; i++) {
      const near = nearness[i] ?? 0;
      depth[i] = near === 0 ? SKY_DEPTH : Math.min(SKY_DEPTH - 1, Math.round(SKY_DEPTH / (FAR * near)));
    }
    return depth;
  }

  private segmentation(): Uint8Array {
    const { triangle } = this.middle;
    const seg = new Uint8Array(triangle.length * 3);
    for (let i = 0; i < triangle.length; i++) {
      const owner = triangle[i] ?? NOTHING;
      const color = PALETTE[owner === NOTHING ? SKY : (this.mesh.parts[owner] ?? SKY)];
      for (let k = 0; k < 3; k++) seg[i * 3 + k] = color?.[k] ?? 0;
    }
    return seg;
  }

  /** White where the thing, the direction of the surface or (by a jump) the distance changes to the right or below. */
  private edges(): Uint8Array {
    const { width, height } = this;
    const edge = new Uint8Array(width * height);
    for (let y = 0; y < height - 1; y++) {
      for (let x = 0, i = y * width; x < width - 1; x++, i++) {
        if (this.differs(i, i + 1) || this.differs(i, i + width)) edge[i] = 255;
      }
    }
    return edge;
  }

  private differs(i: number, j: number): boolean {
    const { mesh, middle } = this;
    const [a, b] = [middle.triangle[i] ?? NOTHING, middle.triangle[j] ?? NOTHING];
    if (a === b) return false;
    if (a === NOTHING || b === NOTHING) return true;
    if (mesh.objects[a] !== mesh.objects[b] || mesh.parts[a] !== mesh.parts[b]) return true;
    const { normals: n } = mesh;
    const [p, q] = [a * 3, b * 3];
    const cosine = (n[p] ?? 0) * (n[q] ?? 0) + (n[p + 1] ?? 0) * (n[q + 1] ?? 0) + (n[p + 2] ?? 0) * (n[q + 2] ?? 0);
    if (cosine < 0.8) return true;
    const [near, far] = [middle.nearness[i] ?? 0, middle.nearness[j] ?? 0];
    return Math.abs(near - far) > 0.08 * Math.max(near, far);
  }

  private color(camera: Camera): Uint8Array {
    const color = new Uint8Array(this.width * this.height * 3);
    if (this.shader === undefined) return color;
    const painter = new Painter(this.shader, camera, this.width);
    const base = new Float32Array(color.length);
    painter.paint(this.middle, base);
    const sums = base.slice();
    for (const [dx, dy] of JITTER) {
      this.jittered.draw(this.polygons, dx, dy);
      painter.accumulate(this.jittered, this.middle, base, dx, dy, sums);
    }
    for (let i = 0; i < color.length; i++) color[i] = toDisplay((sums[i] ?? 0) / (JITTER.length + 1));
    return color;
  }
}

/** Shades samples; where a shifted sample sees the same triangle as the middle, its colour is taken over. */
class Painter {
  private readonly point: Point = { x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0, distance: 0 };
  private readonly sample = new Float64Array(3);

  constructor(
    private readonly shader: Shader,
    private readonly camera: Camera,
    private readonly width: number,
  ) {}

  paint(raster: Raster, out: Float32Array): void {
    for (let i = 0; i < raster.triangle.length; i++) {
      this.shadeSample(raster, i, 0, 0);
      for (let k = 0; k < 3; k++) out[i * 3 + k] = this.sample[k] ?? 0;
    }
  }

  accumulate(shifted: Raster, middle: Raster, base: Float32Array, dx: number, dy: number, sums: Float32Array): void {
    for (let i = 0; i < shifted.triangle.length; i++) {
      if (shifted.triangle[i] === middle.triangle[i]) {
        for (let k = i * 3; k < i * 3 + 3; k++) sums[k] = (sums[k] ?? 0) + (base[k] ?? 0);
        continue;
      }
      this.shadeSample(shifted, i, dx, dy);
      for (let k = 0; k < 3; k++) sums[i * 3 + k] = (sums[i * 3 + k] ?? 0) + (this.sample[k] ?? 0);
    }
  }

  private shadeSample(raster: Raster, index: number, shiftX: number, shiftY: number): void {
    const { camera, point } = this;
    const { eye, right, up, forward, focal } = camera;
    const u = ((index % this.width) + 0.5 + shiftX - camera.width / 2) / focal;
    const v = (camera.height / 2 - Math.floor(index / this.width) - 0.5 - shiftY) / focal;
    const stretch = Math.sqrt(u * u + v * v + 1);
    point.dx = (forward[0] + u * right[0] + v * up[0]) / stretch;
    point.dy = (forward[1] + u * right[1] + v * up[1]) / stretch;
    point.dz = (forward[2] + u * right[2] + v * up[2]) / stretch;
    const triangle = raster.triangle[index] ?? NOTHING;
    if (triangle === NOTHING) {
      this.shader.skyAt(point.dx, point.dy, point.dz, this.sample);
    } else {
      point.distance = stretch / (raster.nearness[index] ?? 1);
      point.x = eye[0] + point.dx * point.distance;
      point.y = eye[1] + point.dy * point.distance;
      point.z = eye[2] + point.dz * point.distance;
      this.shader.shade(triangle, point, this.sample);
    }
    // Tone is mapped before samples are averaged: a bright sky behind a dark edge must not eat it.
    for (let k = 0; k < 3; k++) this.sample[k] = toneMapped(this.sample[k] ?? 0);
  }
}

/** Filmic curve (Krzysztof Narkowicz, "ACES filmic tone mapping curve", 2016): linear light to linear display, 0..1. */
function toneMapped(light: number): number {
  const x = light * 1.05;
  return (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
}

/** Linear 0..1 to 8-bit sRGB (IEC 61966-2-1, by its usual power of 1/2.2), through a table. */
const DISPLAY = Uint8Array.from({ length: 4096 }, (_, i) => Math.round(255 * (i / 4095) ** (1 / 2.2)));
const toDisplay = (value: number): number => DISPLAY[Math.min(4095, Math.max(0, Math.round(value * 4095)))] ?? 0;
