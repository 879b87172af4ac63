import { expect, test } from 'vitest';
import { outputLimits } from '../../../daemon/run/bounds.js';

const media = (frames: number, width: number, height: number) => ({ frames, width, height, fps: { num: 24, den: 1 } });

test('a video may have as much as its pictures uncompressed, and a little around them', () => {
  const { video, control } = outputLimits(media(93, 1280, 704), media(93, 1280, 704));
  expect(video).toEqual({ bytes: 93 * 1280 * 704 * 3 + 16e6, what: 'the video of 93 frames of 1280x704' });
  expect(control.what).toBe('a control of 93 frames of 1280x704');
});

test('a control may have the size of a larger input; one picture is 1 frame', () => {
  const { control } = outputLimits(media(1, 1280, 704), media(1, 3840, 2160));
  expect(control).toEqual({ bytes: 3840 * 2160 * 3 + 16e6, what: 'a control of 1 frame of 1280x704' });
});
