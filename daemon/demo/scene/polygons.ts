/** A mesh as seen: flat polygons in pixels, each with the plane of its nearness. */
import type { Camera } from './camera.js';
import type { Mesh } from './mesh.js';
import { cross, normalize, scale, UP, type Vec } from './vector.js';

/** Corners before the camera, metres; nearer ones are cut off. */
const NEAR = 0.12;
/** A triangle cut by the near plane has at most four corners. */
const CORNERS = 4;

/**
 * "Nearness" grows towards the viewer and is affine over the picture, so it needs no perspective correction:
 * 1/distance for a camera, a constant minus the distance for parallel light.
 */
export class Polygons {
  count = 0;
  /** x, y of up to four corners each. */
  readonly corners: Float64Array;
  readonly sizes: Uint8Array;
  /** nearness = a x + b y + c at pixel position (x, y). */
  readonly planes: Float64Array;
  /** Index of the triangle in the mesh. */
  readonly triangles: Int32Array;

  constructor(capacity: number) {
    this.corners = new Float64Array(capacity * CORNERS * 2);
    this.sizes = new Uint8Array(capacity);
    this.planes = new Float64Array(capacity * 3);
    this.triangles = new Int32Array(capacity);
  }

  add(triangle: number, corners: readonly number[], a: number, b: number, c: number): void {
    this.corners.set(corners, this.count * CORNERS * 2);
    this.sizes[this.count] = corners.length / 2;
    this.planes[this.count * 3] = a;
    this.planes[this.count * 3 + 1] = b;
    this.planes[this.count * 3 + 2] = c;
    this.triangles[this.count] = triangle;
    this.count++;
  }
}

/** The front faces of the mesh in the picture of `camera`; pixel (0, 0) is the top left corner of the image. */
export function seenByCamera(mesh: Mesh, camera: Camera, polygons = new Polygons(mesh.count)): Polygons {
  polygons.count = 0;
  const view = new CameraView(camera);
  for (let triangle = 0; triangle < mesh.count; triangle++) view.add(mesh, triangle, polygons);
  return polygons;
}

class CameraView {
  /** Camera-space x, y, z of the three corners. */
  private readonly local = new Float64Array(9);

  constructor(private readonly camera: Camera) {}

  add(mesh: Mesh, triangle: number, polygons: Polygons): void {
    const { positions: p, normals: n } = mesh;
    const { eye, right, up, forward, focal, width, height } = this.camera;
    const [i, j] = [triangle * 9, triangle * 3];
    const [nx, ny, nz] = [n[j] ?? 0, n[j + 1] ?? 0, n[j + 2] ?? 0];
    const behind = nx * ((p[i] ?? 0) - eye[0]) + ny * ((p[i + 1] ?? 0) - eye[1]) + nz * ((p[i + 2] ?? 0) - eye[2]);
    if (behind >= 0 || !this.toLocal(p, i)) return;
    const corners = this.clipAndProject();
    if (corners.length < 6 || outside(corners, width, height)) return;
    // The plane n.P = d with P = distance * ray gives 1/distance = n.ray / d, exact at every pixel.
    const [a, b] = [
      (nx * right[0] + ny * right[1] + nz * right[2]) / (focal * behind),
      -(nx * up[0] + ny * up[1] + nz * up[2]) / (focal * behind),
    ];
    const c = (nx * forward[0] + ny * forward[1] + nz * forward[2]) / behind - (a * width) / 2 - (b * height) / 2;
    polygons.add(triangle, corners, a, b, c);
  }

  /** False when all corners are behind the near plane or all are beside the picture. */
  private toLocal(positions: Float32Array, start: number): boolean {
    const { eye, right, up, forward, focal, width } = this.camera;
    const { local } = this;
    const slope = (width / 2 / focal) * 1.02;
    let [before, leftOf, rightOf] = [0, 0, 0];
    for (let k = 0; k < 9; k += 3) {
      const x = (positions[start + k] ?? 0) - eye[0];
      const y = (positions[start + k + 1] ?? 0) - eye[1];
      const z = (positions[start + k + 2] ?? 0) - eye[2];
      const u = x * right[0] + y * right[1] + z * right[2];
      const w = x * forward[0] + y * forward[1] + z * forward[2];
      local[k] = u;
      local[k + 1] = x * up[0] + y * up[1] + z * up[2];
      local[k + 2] = w;
      if (w > NEAR) before++;
      if (u < -w * slope) leftOf++;
      if (u > w * slope) rightOf++;
    }
    return before > 0 && leftOf < 3 && rightOf < 3;
  }

  private clipAndProject(): number[] {
    const { local } = this;
    const corners: number[] = [];
    for (let k = 0; k < 9; k += 3) {
      const next = (k + 3) % 9;
      const [x, y, z] = [local[k] ?? 0, local[k + 1] ?? 0, local[k + 2] ?? 0];
      const [nx, ny, nz] = [local[next] ?? 0, local[next + 1] ?? 0, local[next + 2] ?? 0];
      if (z > NEAR) this.project(x, y, z, corners);
      if (z > NEAR === nz > NEAR) continue;
      const t = (NEAR - z) / (nz - z);
      this.project(x + (nx - x) * t, y + (ny - y) * t, NEAR, corners);
    }
    return corners;
  }

  private project(x: number, y: number, z: number, corners: number[]): void {
    const { focal, width, height } = this.camera;
    corners.push(width / 2 + (focal * x) / z, height / 2 - (focal * y) / z);
  }
}

function outside(corners: readonly number[], width: number, height: number): boolean {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let k = 0; k < corners.length; k += 2) {
    const [x, y] = [corners[k] ?? 0, corners[k + 1] ?? 0];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return right < 0 || left > width || bottom < 0 || top > height;
}

/** Parallel light that falls on a square of the world, as a picture taken from far away. */
export interface LightView {
  readonly center: Vec;
  readonly right: Vec;
  readonly up: Vec;
  /** The way the light travels. */
  readonly forward: Vec;
  /** Half the side of the square, metres, and pixels of the whole side. */
  readonly reach: number;
  readonly size: number;
}

export function lightFrom(direction: Vec, center: Vec, reach: number, size: number): LightView {
  const forward = scale(normalize(direction), -1);
  const right = normalize(cross(forward, Math.abs(forward[2]) > 0.95 ? [0, 1, 0] : UP));
  return { center, right, up: cross(right, forward), forward, reach, size };
}

/** Position in the picture of the light, pixels, and nearness (0 = farthest edge of what it reaches). */
export function inLight(light: LightView, x: number, y: number, z: number, out: Float64Array): void {
  const { center, right, up, forward, reach, size } = light;
  const [dx, dy, dz] = [x - center[0], y - center[1], z - center[2]];
  const perMetre = size / (2 * reach);
  out[0] = size / 2 + (dx * right[0] + dy * right[1] + dz * right[2]) * perMetre;
  out[1] = size / 2 - (dx * up[0] + dy * up[1] + dz * up[2]) * perMetre;
  out[2] = 3 * reach - (dx * forward[0] + dy * forward[1] + dz * forward[2]);
}

/** The faces of the mesh that look towards the light, in its picture. */
export function seenByLight(mesh: Mesh, light: LightView, polygons: Polygons): Polygons {
  polygons.count = 0;
  const { forward, right, up, reach, size } = light;
  const point = new Float64Array(3);
  for (let triangle = 0; triangle < mesh.count; triangle++) {
    const j = triangle * 3;
    const normal: Vec = [mesh.normals[j] ?? 0, mesh.normals[j + 1] ?? 0, mesh.normals[j + 2] ?? 0];
    const facing = along(normal, forward);
    if (facing >= -1e-6) continue;
    const corners: number[] = [];
    for (let k = triangle * 9; k < triangle * 9 + 9; k += 3) {
      inLight(light, mesh.positions[k] ?? 0, mesh.positions[k + 1] ?? 0, mesh.positions[k + 2] ?? 0, point);
      corners.push(point[0] ?? 0, point[1] ?? 0);
    }
    const metres = (2 * reach) / size;
    const a = (along(normal, right) / facing) * metres;
    const b = (-along(normal, up) / facing) * metres;
    const c = (point[2] ?? 0) - a * (point[0] ?? 0) - b * (point[1] ?? 0);
    polygons.add(triangle, corners, a, b, c);
  }
  return polygons;
}

const along = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
