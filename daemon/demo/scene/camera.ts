/** A low drone that flies up the street and turns a little. */
import { add, cross, mix, normalize, smoothstep, subtract, UP, type Vec } from './vector.js';

export interface Camera {
  readonly eye: Vec;
  /** Unit directions of the image: to its right, to its top, into it. */
  readonly right: Vec;
  readonly up: Vec;
  readonly forward: Vec;
  /** Pixels. */
  readonly focal: number;
  readonly width: number;
  readonly height: number;
}

export function lookAt(eye: Vec, target: Vec, lens: { focal: number; width: number; height: number }): Camera {
  const forward = normalize(subtract(target, eye));
  const right = normalize(cross(forward, UP));
  return { eye, right, up: cross(right, forward), forward, ...lens };
}

/** The camera at `t`, 0 (first frame) to 1 (last frame). */
export function cameraAt(t: number, size: { width: number; height: number }): Camera {
  const soft = mix(t, smoothstep(0, 1, t), 0.5);
  const eye: Vec = [mix(1.9, -0.2, soft), mix(-9, -1, soft), mix(2.1, 3.3, soft)];
  const target = add(eye, [mix(-1.7, 1.2, soft), 18, mix(1.6, 1.1, soft)]);
  return lookAt(eye, target, { ...size, focal: size.width * 0.86 });
}
