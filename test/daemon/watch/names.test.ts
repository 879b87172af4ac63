import { expect, test } from 'vitest';
import { isMedia, NameReader } from '../../../daemon/watch/names.js';
import { aliases } from '../../support/watching.js';

const reader = new NameReader(aliases);

/** Name -> pass, frame and padding as the reader sees them. */
test.each([
  ['color.0001.png', 'color', 1, 4],
  ['depth.-0003.exr', 'depth', -3, 4],
  ['depth.-3.exr', 'depth', -3, 1],
  ['seg.12.jpg', 'seg', 12, 2],
  ['EDGE.000100.JPEG', 'edge', 100, 6],
  ['street_color.0001.png', 'color', 1, 4],
  ['shot.color.0001.png', 'color', 1, 4],
  ['shot.v2_color_0001.png', 'color', 1, 4],
  ['rgb.1.png', 'color', 1, 1],
  ['beauty.1.png', 'color', 1, 1],
  ['c.1.png', 'color', 1, 1],
  ['Pz.0001.exr', 'depth', 1, 4],
  ['segmentation.0001.png', 'seg', 1, 4],
  ['blur.0001.png', 'vis', 1, 4],
  ['render.0001.exr', null, 1, 4],
  ['discolor.0001.png', null, 1, 4],
])('%s is an image of %s', (name, pass, frame, padding) => {
  expect(reader.read(name)).toMatchObject({ kind: 'image', pass, frame, padding });
});

test.each([
  ['color.mp4', 'color'],
  ['Street_Depth.MOV', 'depth'],
  ['seg.webm', 'seg'],
  ['edge.avi', 'edge'],
  ['vis.mkv', 'vis'],
  ['street.mp4', null],
])('%s is a movie of %s', (name, pass) => {
  expect(reader.read(name)).toMatchObject({ kind: 'movie', pass });
});

test.each(['color.png', 'color.0001.rat', 'color.0001', 'color.0001.png.part', 'notes.txt', '.0001.png'])(
  '%s is neither',
  (name) => {
    expect(reader.read(name)).toBeNull();
  },
);

test('frames of one sequence share a key whatever their padding', () => {
  const keys = ['color.1.png', 'color.0010.png', 'color.-0001.png'].map((name) => {
    const read = reader.read(name);
    return read?.kind === 'image' ? read.sequence : null;
  });
  expect(new Set(keys)).toEqual(new Set(['color.#.png']));
});

test('aliases are configurable', () => {
  const own = new NameReader({ ...aliases, depth: ['tiefe'] });
  expect(own.read('tiefe.0001.png')?.pass).toBe('depth');
  expect(own.read('depth.0001.png')?.pass).toBeNull();
});

test('media are known by extension', () => {
  expect(['a.png', 'a.EXR', 'a.mp4'].map(isMedia)).toEqual([true, true, true]);
  expect(isMedia('a.json')).toBe(false);
});
