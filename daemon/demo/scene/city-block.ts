/** The plan of the demo: which houses stand where, what hit them, and what lies in the street. */
import { addBuilding, heightOf } from './building.js';
import { type Bite, Damage } from './damage.js';
import type { Lot } from './lot.js';
import { type Mesh, MeshBuilder } from './mesh.js';
import { Rng } from './rng.js';
import { addCrumbs, addMound, type Mound } from './rubble.js';
import { addLamp, addStreet, ROAD, STREET } from './street.js';
import type { Rgb, Texture } from './surface.js';
import { turned } from './vector.js';
import { addCar } from './vehicle.js';

/** How a house was hit. `gone`: little more than the ground floor is left. */
type Hit = 'near corner' | 'far corner' | 'roof' | 'blast' | 'gone' | 'light';

interface Plot {
  readonly side: -1 | 1;
  readonly y0: number;
  readonly y1: number;
  readonly floors: number;
  readonly hit: Hit;
  readonly fireEscape?: boolean;
}

const PLOTS: readonly Plot[] = [
  { side: -1, y0: -16, y1: 1, floors: 5, hit: 'light' },
  { side: -1, y0: 1, y1: 13, floors: 6, hit: 'far corner', fireEscape: true },
  { side: -1, y0: 13, y1: 27, floors: 4, hit: 'gone' },
  { side: -1, y0: 27, y1: 38, floors: 7, hit: 'near corner', fireEscape: true },
  { side: -1, y0: 38, y1: 46, floors: 5, hit: 'roof' },
  { side: -1, y0: 60, y1: 74, floors: 6, hit: 'near corner' },
  { side: -1, y0: 74, y1: 90, floors: 8, hit: 'roof' },
  { side: -1, y0: 90, y1: 106, floors: 5, hit: 'light' },
  { side: 1, y0: -16, y1: -1, floors: 4, hit: 'light' },
  { side: 1, y0: -1, y1: 11, floors: 5, hit: 'roof', fireEscape: true },
  { side: 1, y0: 11, y1: 24, floors: 7, hit: 'blast', fireEscape: true },
  { side: 1, y0: 24, y1: 34, floors: 5, hit: 'far corner' },
  { side: 1, y0: 34, y1: 46, floors: 6, hit: 'near corner', fireEscape: true },
  { side: 1, y0: 60, y1: 72, floors: 4, hit: 'gone' },
  { side: 1, y0: 72, y1: 88, floors: 7, hit: 'near corner' },
  { side: 1, y0: 88, y1: 106, floors: 6, hit: 'roof' },
];

const STYLES: readonly [readonly [Rgb, Texture], ...(readonly [Rgb, Texture])[]] = [
  [[0.34, 0.125, 0.075], 'brick'],
  [[0.27, 0.15, 0.1], 'brick'],
  [[0.46, 0.33, 0.2], 'brick'],
  [[0.42, 0.37, 0.3], 'concrete'],
  [[0.24, 0.1, 0.085], 'brick'],
  [[0.5, 0.43, 0.31], 'concrete'],
];
const DEPTH = 13;

/** Builds the whole block; the same seed gives the same triangles in the same order. */
export function buildCityBlock(seed: number): Mesh {
  const mesh = new MeshBuilder();
  const rng = new Rng(seed);
  addStreet(
    mesh,
    [
      [-30, 46],
      [60, 106],
    ],
    rng.fork('street'),
  );
  for (const [i, plot] of PLOTS.entries()) addPlot(mesh, plot, i, rng.fork(`plot ${i}`));
  addSkyline(mesh, rng.fork('skyline'));
  addStreetThings(mesh, rng.fork('things'));
  return mesh.build();
}

function addPlot(mesh: MeshBuilder, plot: Plot, index: number, rng: Rng): void {
  const { side, y0, y1, floors } = plot;
  const [color, texture] = STYLES[(index * 5 + (side > 0 ? 2 : 0)) % STYLES.length] ?? STYLES[0];
  const [near, far] = [side * STREET, side * (STREET + DEPTH)];
  const lot: Lot = {
    x0: Math.min(near, far),
    x1: Math.max(near, far),
    y0,
    y1,
    front: side < 0 ? 'east' : 'west',
    floors,
    color,
    texture,
    fireEscape: plot.fireEscape ?? false,
    detail: detailOf(y0),
  };
  const bites = bitesOf(plot, rng.fork('bites'));
  addBuilding(mesh, lot, new Damage(bites, rng.int(0, 0xffff)), rng.fork('building'));
  for (const mound of moundsOf(plot, color, rng.fork('size'))) addMound(mesh, mound, rng.fork('mound'));
}

/** Far houses are built of fewer triangles. */
const detailOf = (y: number): number => (y < 50 ? 1 : 0.4);

function bitesOf({ side, y0, y1, floors, hit }: Plot, rng: Rng): Bite[] {
  const [width, top, middle] = [y1 - y0, heightOf(floors), (y0 + y1) / 2];
  const face = side * STREET;
  const hole = (y: number, z: number, size: number): Bite => ({ center: [face, y, z], size: [3.5, size, size * 0.85] });
  const small = () => hole(rng.range(y0 + 2, y1 - 2), rng.range(5, top - 2), rng.range(0.9, 1.7));
  switch (hit) {
    case 'near corner':
      return [{ center: [face, y0, top + 1], size: [9, width * 0.6, top * 0.55] }, small()];
    case 'far corner':
      return [{ center: [face, y1, top], size: [8, width * 0.62, top * 0.62] }, small()];
    case 'roof':
      return [{ center: [face + side, middle + rng.range(-2, 2), top + 1], size: [7, width * 0.34, 5.5] }, small()];
    case 'blast':
      return [hole(middle + 1, top * 0.5, 4.6), hole(y0 + 2.5, top + 0.5, 3.2), small()];
    case 'gone':
      return [{ center: [side * (STREET + 5), middle, top + 2], size: [14, width * 0.72, top - 0.5] }];
    case 'light':
      return [small(), small()];
  }
}

function moundsOf({ side, y0, y1, hit }: Plot, color: Rgb, rng: Rng): Mound[] {
  const middle = (y0 + y1) / 2;
  const heap = (y: number, rx: number, ry: number, height: number): Mound => ({
    x: side * (STREET - rng.range(0, 0.8)),
    y,
    rx,
    ry,
    height,
    color,
    detail: detailOf(y0),
  });
  switch (hit) {
    case 'near corner':
      return [heap(y0 + 2.5, 3.4, 4.2, 2)];
    case 'far corner':
      return [heap(y1 - 2.5, 3.6, 4.4, 2.2)];
    case 'roof':
      return [heap(middle, 1.9, 2.6, 0.8)];
    case 'blast':
      return [heap(middle + 1, 3.5, 4.6, 1.7)];
    case 'gone':
      return [
        heap(middle, 5, (y1 - y0) * 0.5, 2.6),
        { ...heap(middle, 6, (y1 - y0) * 0.5, 4.6), x: side * (STREET + 5) },
      ];
    case 'light':
      return [];
  }
}

/** Plain towers behind the block, some of them broken, to close the view. */
function addSkyline(mesh: MeshBuilder, rng: Rng): void {
  for (let i = 0; i < 22; i++) {
    const x = rng.range(-90, 90);
    const y = rng.range(122, 185);
    const half = rng.range(4, 8);
    // The end of the street stays open to the sky.
    const height = Math.abs(x) < 12 ? rng.range(6, 13) : rng.range(16, 46);
    mesh.nextObject();
    const surface = { part: 'facade', color: [0.25, 0.2, 0.17], texture: 'concrete' } as const;
    mesh.box(turned([x, y, 0], rng.range(-0.1, 0.1)), [-half, -half, 0], [half, half, height], surface);
    mesh.box(turned([x, y, 0], 0), [-half * 0.5, -half, height], [half * 0.9, half * 0.2, height * 1.15], surface);
  }
}

function addStreetThings(mesh: MeshBuilder, rng: Rng): void {
  addCar(mesh, turned([3.6, 10.5, 0.05], 1.75, 0.03, -0.02), [0.085, 0.04, 0.028]);
  addCar(mesh, turned([-3.9, 4.5, -0.04], 1.42, 0.02, 0.05), [0.09, 0.13, 0.15]);
  addCar(mesh, turned([0.9, 28, 1.0], 0.5, 1.75, 0.1), [0.06, 0.05, 0.045]);
  addCar(mesh, turned([-3.7, 33, 0], 1.65), [0.3, 0.26, 0.17]);
  addCar(mesh, turned([3.9, 41, 0], 1.5), [0.07, 0.07, 0.075]);
  [-4, 15, 29, 43, 63, 82].forEach((y, i) => {
    addLamp(mesh, [ROAD + 0.6, y, 0.1], -1, i === 1 ? 0.13 : rng.range(-0.02, 0.02));
    addLamp(mesh, [-ROAD - 0.6, y + 6, 0.1], 1, i === 2 ? -0.3 : rng.range(-0.02, 0.02));
  });
  addCrumbs(mesh, 900, [-7, 50], STREET, rng);
}
