import { describe, expect, test } from 'vitest';
import {
  apply,
  type Matrix3,
  nameOfPrimaries,
  primariesOf,
  toRec709,
  XYZ,
} from '../../../daemon/picture/color-space.js';
import type { Chromaticities } from '../../../daemon/picture/exr/header.js';

/** What OpenColorIO's default configuration makes of red, green and blue of each space (by OpenImageIO 3.2), row by row. */
const JUDGED: Readonly<Record<string, readonly number[]>> = {
  ACEScg: [1.7050509, -0.6217921, -0.0832589, -0.1302564, 1.1408048, -0.0105483, -0.0240034, -0.128969, 1.1529723],
  'ACES2065-1': [2.5216861, -1.134131, -0.3875552, -0.2764799, 1.372719, -0.0962392, -0.0153781, -0.1529753, 1.1683534],
  'Linear P3-D65': [1.2249402, -0.2249402, 0, -0.042057, 1.0420569, 0, -0.0196376, -0.078636, 1.0982736],
  'Linear Rec.2020': [
    1.660491, -0.5876411, -0.0728499, -0.1245505, 1.1328999, -0.0083494, -0.0181508, -0.1005789, 1.1187297,
  ],
  'CIE XYZ-D65 - Scene-referred': [
    3.2409699, -1.5373832, -0.4986108, -0.9692436, 1.8759675, 0.0415551, 0.0556301, -0.203977, 1.0569715,
  ],
};

function matrixOf(space: string): Matrix3 {
  const primaries = primariesOf(space);
  const matrix = primaries === undefined ? null : toRec709(primaries);
  if (matrix === null) throw new Error(`${space} is not converted`);
  return matrix;
}

test.each(Object.entries(JUDGED))('%s becomes Rec. 709 as OpenColorIO makes it', (space, judged) => {
  for (const [i, value] of matrixOf(space).flat().entries()) expect(value).toBeCloseTo(judged[i] ?? 0, 5);
});

test('white stays white', () => {
  for (const space of Object.keys(JUDGED).filter((name) => !name.startsWith('CIE'))) {
    for (const value of apply(matrixOf(space), [1, 1, 1])) expect(value).toBeCloseTo(1, 6);
  }
});

test('Rec. 709 is left alone, also as a file rounds it', () => {
  const stored = Array.from(Float32Array.from([0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329]));
  expect(toRec709(stored as unknown as Chromaticities)).toBeNull();
  expect(nameOfPrimaries(stored as unknown as Chromaticities)).toBe('Rec. 709');
});

test('XYZ is a measurement: the white of Rec. 709 is found where it is', () => {
  const [r, g, b] = apply(toRec709(XYZ) ?? matrixOf('none'), [0.95045593, 1, 1.08905775]);
  for (const value of [r, g, b]) expect(value).toBeCloseTo(1, 3);
});

describe('names', () => {
  test.each([
    ['acescg', 'ACES AP1'],
    [' ACES - ACEScg ', 'ACES AP1'],
    ['lin_ap0_scene', 'ACES AP0'],
    ['scene_linear', 'Rec. 709'],
  ])('%s', (name, known) => {
    const primaries = primariesOf(name);
    expect(primaries && nameOfPrimaries(primaries)).toBe(known);
  });

  test('of no linear space', () => expect(primariesOf('ARRI LogC4')).toBeUndefined());
});

test('primaries on one line span no colours', () => {
  expect(() => toRec709([0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.3127, 0.329])).toThrow(RangeError);
});
