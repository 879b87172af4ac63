import { expect, test } from 'vitest';
import { Meter } from '../../../../daemon/picture/movie/meter.js';

function measured(channels: 1 | 3, ...frames: number[][]) {
  const meter = new Meter(channels);
  for (const frame of frames) meter.add(Buffer.from(frame));
  return meter.result();
}

test('greys over the whole clip', () => {
  expect(measured(1, [0, 7, 7, 7], [0, 7, 7, 7], [9, 9, 9, 9])).toEqual({
    ...{ frames: 3, min: [0], max: [9], commonest: [7], share: 0.5, repeated: 1, blank: 1 },
  });
});

test('colours are counted as wholes, ranges by channel', () => {
  expect(measured(3, [255, 0, 0, 255, 0, 0, 0, 0, 255], [255, 0, 0, 1, 2, 3, 255, 0, 0])).toEqual({
    ...{ frames: 2, min: [0, 0, 0], max: [255, 2, 255], commonest: [255, 0, 0], share: 4 / 6, repeated: 0, blank: 0 },
  });
});

test('one flat colour', () => {
  const flat = measured(3, [9, 8, 7, 9, 8, 7], [9, 8, 7, 9, 8, 7]);
  expect(flat).toMatchObject({ min: [9, 8, 7], max: [9, 8, 7], share: 1, repeated: 1, blank: 2 });
  expect(measured(3, [1, 1, 1, 1, 1, 2])).toMatchObject({ blank: 0, share: 0.5 });
});
