/** Points and directions in metres. Right-handed: x to the right, y down the street, z up. */

export type Vec = readonly [x: number, y: number, z: number];

export const UP: Vec = [0, 0, 1];

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec, factor: number): Vec => [a[0] * factor, a[1] * factor, a[2] * factor];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vec): number => Math.sqrt(dot(a, a));

export const cross = (a: Vec, b: Vec): Vec => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** A zero vector stays zero: degenerate triangles have no normal and are never drawn. */
export function normalize(a: Vec): Vec {
  const size = length(a);
  return size === 0 ? a : scale(a, 1 / size);
}

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** A place with three directions of its own (unit length, right-handed). */
export interface Frame {
  readonly origin: Vec;
  readonly u: Vec;
  readonly v: Vec;
  readonly w: Vec;
}

export const WORLD: Frame = { origin: [0, 0, 0], u: [1, 0, 0], v: [0, 1, 0], w: UP };

/** The point at (u, v, w) metres along the directions of the frame. */
export function at(frame: Frame, u: number, v: number, w: number): Vec {
  const { origin, u: a, v: b, w: c } = frame;
  return [
    origin[0] + a[0] * u + b[0] * v + c[0] * w,
    origin[1] + a[1] * u + b[1] * v + c[1] * w,
    origin[2] + a[2] * u + b[2] * v + c[2] * w,
  ];
}

/** A frame at `origin` turned by `yaw` about z, then `pitch` about its u, then `roll` about its v (radians). */
export function turned(origin: Vec, yaw: number, pitch = 0, roll = 0): Frame {
  const level: Frame = { origin, u: [Math.cos(yaw), Math.sin(yaw), 0], v: [-Math.sin(yaw), Math.cos(yaw), 0], w: UP };
  const [v, w] = rotate(level.v, level.w, pitch);
  const [w2, u] = rotate(w, level.u, roll);
  return { origin, u, v, w: w2 };
}

function rotate(a: Vec, b: Vec, angle: number): [Vec, Vec] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [add(scale(a, cos), scale(b, sin)), add(scale(b, cos), scale(a, -sin))];
}
