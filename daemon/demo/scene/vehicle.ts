/** A wrecked car: hull, cabin, wheels; some burnt out, one on its side. */
import type { MeshBuilder } from './mesh.js';
import { addPrism } from './solids.js';
import type { Rgb, Surface } from './surface.js';
import { at, type Frame, scale, type Vec } from './vector.js';

/** `frame`: origin on the ground under the middle of the car, u to its front, w up. */
export function addCar(mesh: MeshBuilder, frame: Frame, color: Rgb): void {
  const paint: Surface = { part: 'vehicle', color, texture: 'metal' };
  const dark: Surface = { part: 'vehicle', color: [0.012, 0.013, 0.016], texture: 'metal' };
  const rubber: Surface = { part: 'vehicle', color: [0.02, 0.02, 0.02], texture: 'plain' };
  mesh.nextObject();
  body(mesh, frame, paint, [
    { u: -2.15, half: 0.8, low: 0.42, high: 0.88 },
    { u: -1.9, half: 0.88, low: 0.3, high: 0.98 },
    { u: 0.75, half: 0.9, low: 0.26, high: 0.95 },
    { u: 1.9, half: 0.86, low: 0.3, high: 0.8 },
    { u: 2.2, half: 0.74, low: 0.42, high: 0.66 },
  ]);
  body(mesh, frame, dark, [
    { u: -1.75, half: 0.8, low: 0.95, high: 0.97 },
    { u: -1.1, half: 0.7, low: 0.95, high: 1.42 },
    { u: 0.15, half: 0.7, low: 0.95, high: 1.42 },
    { u: 0.95, half: 0.8, low: 0.93, high: 0.95 },
  ]);
  body(mesh, frame, paint, [
    { u: -1.2, half: 0.71, low: 1.39, high: 1.44 },
    { u: 0.2, half: 0.71, low: 1.39, high: 1.46 },
    { u: 0.3, half: 0.7, low: 1.37, high: 1.4 },
  ]);
  for (const u of [-1.35, 1.35]) for (const side of [-1, 1]) addWheel(mesh, frame, u, side, rubber);
}

interface Section {
  readonly u: number;
  /** Half the width. */
  readonly half: number;
  readonly low: number;
  readonly high: number;
}

/** A closed hull through cross sections from the back to the front. */
function body(mesh: MeshBuilder, frame: Frame, surface: Surface, sections: readonly Section[]): void {
  sections.slice(1).forEach((front, i) => {
    const back = sections[i] ?? front;
    const corner = (k: number): Vec => {
      const section = k & 1 ? front : back;
      // Sides lean in towards the top.
      const half = section.half * (k & 4 ? 0.93 : 1);
      return at(frame, section.u, k & 2 ? half : -half, k & 4 ? section.high : section.low);
    };
    mesh.hexahedron([0, 1, 2, 3, 4, 5, 6, 7].map(corner), surface);
  });
}

function addWheel(mesh: MeshBuilder, frame: Frame, u: number, side: number, surface: Surface): void {
  const axle: Frame = {
    origin: at(frame, u, side * 0.68, 0.31),
    u: frame.u,
    v: scale(frame.w, -side),
    w: scale(frame.v, side),
  };
  addPrism(mesh, axle, { bottom: 0.32, top: 0.3, height: 0.24, sides: 12 }, surface);
}
