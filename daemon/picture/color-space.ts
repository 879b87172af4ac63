/** Primaries of colour spaces, and linear light of one in the primaries of another. Pure. */
import type { Chromaticities } from './exr/header.js';

/** The primaries that display video has. */
const REC709: Chromaticities = [0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329];

/** By name; figures of ITU-R BT.709 and BT.2020, SMPTE EG 432-1 (P3), ACES S-2014-004 and TB-2014-004 (AP0, AP1). */
const KNOWN: Readonly<Record<string, Chromaticities>> = {
  'Rec. 709': REC709,
  'ACES AP0': [0.7347, 0.2653, 0, 1, 0.0001, -0.077, 0.32168, 0.33767],
  'ACES AP1': [0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767],
  P3: [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.3127, 0.329],
  'P3 (DCI white)': [0.68, 0.32, 0.265, 0.69, 0.15, 0.06, 0.314, 0.351],
  'Rec. 2020': [0.708, 0.292, 0.17, 0.797, 0.131, 0.046, 0.3127, 0.329],
  'CIE XYZ': [1, 0, 0, 1, 0, 0, 1 / 3, 1 / 3],
};
/** Files store chromaticities as floats, and writers round them. */
const TOLERANCE = 0.002;

/** Linear spaces as configurations of OpenColorIO, EXR files (colorInteropID) and people call them. */
const LINEAR_NAMES: Readonly<Record<string, keyof typeof KNOWN>> = {
  linear: 'Rec. 709',
  scene_linear: 'Rec. 709',
  'scene-linear': 'Rec. 709',
  'scene-linear rec.709-srgb': 'Rec. 709',
  lin_rec709: 'Rec. 709',
  lin_rec709_scene: 'Rec. 709',
  'linear rec.709 (srgb)': 'Rec. 709',
  'utility - linear - srgb': 'Rec. 709',
  'utility - linear - rec.709': 'Rec. 709',
  lin_srgb: 'Rec. 709',
  'linear srgb': 'Rec. 709',
  acescg: 'ACES AP1',
  'aces - acescg': 'ACES AP1',
  lin_ap1: 'ACES AP1',
  lin_ap1_scene: 'ACES AP1',
  'aces2065-1': 'ACES AP0',
  'aces - aces2065-1': 'ACES AP0',
  lin_ap0: 'ACES AP0',
  lin_ap0_scene: 'ACES AP0',
  lin_p3d65: 'P3',
  lin_p3d65_scene: 'P3',
  'linear p3-d65': 'P3',
  'utility - linear - p3-d65': 'P3',
  'linear p3': 'P3',
  lin_rec2020: 'Rec. 2020',
  lin_rec2020_scene: 'Rec. 2020',
  'linear rec.2020': 'Rec. 2020',
  'utility - linear - rec.2020': 'Rec. 2020',
  'cie xyz-d65': 'CIE XYZ',
  'cie-xyz-d65': 'CIE XYZ',
  'cie xyz-d65 - scene-referred': 'CIE XYZ',
  lin_ciexyzd65_scene: 'CIE XYZ',
};

/** Primaries of a linear space by its name; undefined for an unknown name. */
export function primariesOf(name: string): Chromaticities | undefined {
  const known = LINEAR_NAMES[name.trim().toLowerCase()];
  return known === undefined ? undefined : KNOWN[known];
}

export const XYZ: Chromaticities = KNOWN['CIE XYZ'] ?? REC709;

/** "ACES AP1"; undefined for primaries of no common space. */
export function nameOfPrimaries(primaries: Chromaticities): string | undefined {
  const near = (other: Chromaticities) => other.every((value, i) => Math.abs(value - (primaries[i] ?? 0)) <= TOLERANCE);
  return Object.keys(KNOWN).find((name) => near(KNOWN[name] ?? REC709));
}

export type Matrix3 = readonly [
  readonly [number, number, number],
  readonly [number, number, number],
  readonly [number, number, number],
];

/**
 * Linear light of `primaries` -> linear light of Rec. 709; null = they are the same.
 * White stays white: between two whites the cone responses of Bradford are scaled (Lam 1985, as ICC.1 annex E does).
 * CIE XYZ is a measurement and not the light of a display, so its white is not moved.
 * @throws RangeError for primaries that span no colours.
 */
export function toRec709(primaries: Chromaticities): Matrix3 | null {
  const name = nameOfPrimaries(primaries);
  if (name === 'Rec. 709') return null;
  const back = inverse(toXyz(REC709));
  if (name === 'CIE XYZ') return back;
  const adapted = multiply(adaptation(whiteOf(primaries), whiteOf(REC709)), toXyz(primaries));
  return multiply(back, adapted);
}

type Vector3 = readonly [number, number, number];

function whiteOf(primaries: Chromaticities): Vector3 {
  return xyzOf(primaries[6] ?? 0, primaries[7] ?? 0);
}

/** XYZ of luminance 1. */
function xyzOf(x: number, y: number): Vector3 {
  return [x / y, 1, (1 - x - y) / y];
}

/** Columns are the XYZ of the primaries, scaled so that their sum is white. */
function toXyz(primaries: Chromaticities): Matrix3 {
  const [rx = 0, ry = 0, gx = 0, gy = 0, bx = 0, by = 0] = primaries;
  const columns: Matrix3 = [
    [rx, gx, bx],
    [ry, gy, by],
    [1 - rx - ry, 1 - gx - gy, 1 - bx - by],
  ];
  const [r, g, b] = apply(inverse(columns), whiteOf(primaries));
  return multiply(columns, [
    [r, 0, 0],
    [0, g, 0],
    [0, 0, b],
  ]);
}

const BRADFORD: Matrix3 = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

function adaptation(from: Vector3, to: Vector3): Matrix3 {
  const [a, b] = [apply(BRADFORD, from), apply(BRADFORD, to)];
  const scale: Matrix3 = [
    [b[0] / a[0], 0, 0],
    [0, b[1] / a[1], 0],
    [0, 0, b[2] / a[2]],
  ];
  return multiply(inverse(BRADFORD), multiply(scale, BRADFORD));
}

export function apply(matrix: Matrix3, [x, y, z]: Vector3): Vector3 {
  const row = ([a, b, c]: Vector3) => a * x + b * y + c * z;
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function multiply(a: Matrix3, b: Matrix3): Matrix3 {
  const column = (i: 0 | 1 | 2): Vector3 => apply(a, [b[0][i], b[1][i], b[2][i]]);
  const [x, y, z] = [column(0), column(1), column(2)];
  return [
    [x[0], y[0], z[0]],
    [x[1], y[1], z[1]],
    [x[2], y[2], z[2]],
  ];
}

function inverse([[a, b, c], [d, e, f], [g, h, i]]: Matrix3): Matrix3 {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!(Math.abs(determinant) > 1e-9)) throw new RangeError('these primaries span no colours');
  const over = (value: number) => value / determinant;
  return [
    [over(e * i - f * h), over(c * h - b * i), over(b * f - c * e)],
    [over(f * g - d * i), over(a * i - c * g), over(c * d - a * f)],
    [over(d * h - e * g), over(b * g - a * h), over(a * e - b * d)],
  ];
}
