import { expect, test } from 'vitest';
import { cropTo, nearestAspect } from '../../../../../daemon/workload/cosmos3/rules/lost-picture.js';

test.each([
  [1920, 1080, '16,9'],
  [2048, 858, '16,9'],
  [1440, 1080, '4,3'],
  [1000, 1000, '1,1'],
  [1080, 1440, '3,4'],
  [1080, 1920, '9,16'],
  [1166, 1000, '1,1'],
  [1167, 1000, '4,3'],
])('%dx%d is nearest to %s', (width, height, aspect) => {
  expect(nearestAspect({ width, height })).toBe(aspect);
});

test('a picture is scaled until it covers the size, and the rest is cut off', () => {
  expect(cropTo('720', '16,9', { width: 1920, height: 1080 })).toEqual({ lost: 0, side: 'height', size: [1280, 720] });
  expect(cropTo('720', '1,1', { width: 1920, height: 1080 })).toMatchObject({ side: 'width', size: [960, 960] });
  expect(cropTo('720', '1,1', { width: 1920, height: 1080 })?.lost).toBeCloseTo(1 - 1080 / 1920);
  expect(cropTo('720', '16,9', { width: 1000, height: 1000 })).toMatchObject({ side: 'height' });
  expect(cropTo('1080', '16,9', { width: 1000, height: 1000 })).toBeNull();
});
