/** Builds solids that several things consist of: bars, round bars, lumps. */
import type { MeshBuilder } from './mesh.js';
import type { Rng } from './rng.js';
import type { Surface } from './surface.js';
import { add, at, cross, type Frame, normalize, scale, subtract, UP, type Vec } from './vector.js';

/** A bar of square section from `from` to `to`; `size` is its thickness in metres. */
export function addBeam(mesh: MeshBuilder, from: Vec, to: Vec, size: number, surface: Surface): void {
  const along = subtract(to, from);
  const frame = frameAlong(from, along);
  const half = size / 2;
  const reach = Math.hypot(...along);
  mesh.box(frame, [-half, -half, 0], [half, half, reach], surface);
}

/** A frame at `origin` whose w points along `direction`. */
export function frameAlong(origin: Vec, direction: Vec): Frame {
  const w = normalize(direction);
  const helper: Vec = Math.abs(w[2]) > 0.9 ? [1, 0, 0] : UP;
  const u = normalize(cross(helper, w));
  return { origin, u, v: cross(w, u), w };
}

/** A tapered round bar along w of `frame`, closed at both ends; radii and height in metres. */
export function addPrism(
  mesh: MeshBuilder,
  frame: Frame,
  shape: { readonly bottom: number; readonly top: number; readonly height: number; readonly sides: number },
  surface: Surface,
): void {
  const ring = (radius: number, height: number) =>
    Array.from({ length: shape.sides }, (_, i) => {
      const angle = (2 * Math.PI * i) / shape.sides;
      return at(frame, radius * Math.cos(angle), radius * Math.sin(angle), height);
    });
  const low = ring(shape.bottom, 0);
  const high = ring(shape.top, shape.height);
  low.forEach((a, i) => {
    const next = (i + 1) % shape.sides;
    const [b, c, d] = [low[next], high[next], high[i]];
    if (b && c && d) mesh.quad(a, b, c, d, surface);
  });
  mesh.polygon(high, surface);
  mesh.polygon(low.toReversed(), surface);
}

/** A broken lump: a box with its corners knocked about. `size` are full edge lengths in metres. */
export function addLump(mesh: MeshBuilder, frame: Frame, size: Vec, rng: Rng, surface: Surface): void {
  const half = scale(size, 0.5);
  const corners = [0, 1, 2, 3, 4, 5, 6, 7].map((i): Vec => {
    const knock = () => rng.range(0.55, 1.05);
    const point: Vec = [
      (i & 1 ? half[0] : -half[0]) * knock(),
      (i & 2 ? half[1] : -half[1]) * knock(),
      (i & 4 ? half[2] : -half[2]) * knock(),
    ];
    return at(frame, ...point);
  });
  mesh.hexahedron(corners, surface);
}

/** The same surface, lighter or darker: no two stones are alike. */
export function tinted(surface: Surface, factor: number): Surface {
  const [red, green, blue] = scale(surface.color, factor);
  return { ...surface, color: [red, green, blue] };
}

/** The middle of two points. */
export const middle = (a: Vec, b: Vec): Vec => scale(add(a, b), 0.5);
