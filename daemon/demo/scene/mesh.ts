/** Triangles with a surface, gathered in plain arrays and frozen into typed ones for the renderer. */
import { PART_NAMES, type Surface, TEXTURES } from './surface.js';
import { at, cross, type Frame, normalize, subtract, type Vec } from './vector.js';

/** One entry a triangle; `positions` has nine numbers a triangle, `normals` and `colors` three. */
export interface Mesh {
  readonly count: number;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly colors: Float32Array;
  /** Index into PART_NAMES. */
  readonly parts: Uint8Array;
  /** Index into TEXTURES. */
  readonly textures: Uint8Array;
  /** Triangles of one thing share a number: edges are drawn between different ones. */
  readonly objects: Uint32Array;
}

/** Builds with counter-clockwise faces: the normal points to where the corners are seen in that order. */
export class MeshBuilder {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly colors: number[] = [];
  private readonly parts: number[] = [];
  private readonly textures: number[] = [];
  private readonly objects: number[] = [];
  private object = 0;

  /** What follows belongs to a new thing. */
  nextObject(): void {
    this.object++;
  }

  triangle(a: Vec, b: Vec, c: Vec, surface: Surface): void {
    this.positions.push(...a, ...b, ...c);
    this.normals.push(...normalize(cross(subtract(b, a), subtract(c, a))));
    this.colors.push(...surface.color);
    this.parts.push(PART_NAMES.indexOf(surface.part));
    this.textures.push(TEXTURES.indexOf(surface.texture));
    this.objects.push(this.object);
  }

  quad(a: Vec, b: Vec, c: Vec, d: Vec, surface: Surface): void {
    this.triangle(a, b, c, surface);
    this.triangle(a, c, d, surface);
  }

  /** A convex polygon as a fan. */
  polygon(corners: readonly Vec[], surface: Surface): void {
    const [first, ...rest] = corners;
    if (first === undefined) return;
    for (let i = 1; i < rest.length; i++) this.triangle(first, rest[i - 1] ?? first, rest[i] ?? first, surface);
  }

  /** A closed box from `low` to `high` along the directions of `frame`. */
  box(frame: Frame, low: Vec, high: Vec, surface: Surface): void {
    const corner = (i: number): Vec =>
      at(frame, i & 1 ? high[0] : low[0], i & 2 ? high[1] : low[1], i & 4 ? high[2] : low[2]);
    this.hexahedron([0, 1, 2, 3, 4, 5, 6, 7].map(corner), surface);
  }

  /** Six faces over eight corners, numbered by bits: 1 = far along u, 2 = along v, 4 = along w. */
  hexahedron(corners: readonly Vec[], surface: Surface): void {
    for (const face of BOX_FACES) {
      const [a, b, c, d] = face.map((i) => corners[i] ?? ([0, 0, 0] as const));
      if (a && b && c && d) this.quad(a, b, c, d, surface);
    }
  }

  build(): Mesh {
    return {
      count: this.parts.length,
      positions: Float32Array.from(this.positions),
      normals: Float32Array.from(this.normals),
      colors: Float32Array.from(this.colors),
      parts: Uint8Array.from(this.parts),
      textures: Uint8Array.from(this.textures),
      objects: Uint32Array.from(this.objects),
    };
  }
}

const BOX_FACES = [
  [0, 2, 3, 1],
  [4, 5, 7, 6],
  [0, 1, 5, 4],
  [2, 6, 7, 3],
  [0, 4, 6, 2],
  [1, 3, 7, 5],
] as const;
