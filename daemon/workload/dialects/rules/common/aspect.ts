/** What transfer2.5 does to the shape of the picture. */
import { nearestShape } from '../../../../../schemas/spec/transfer25-sizes.js';
import { transfer25Rule } from '../rule.js';
import { colourClip } from './measured.js';

/** Less is not seen; the sizes that the model works at are themselves up to 2.3 % off their shape (1280x704). */
const VISIBLE = 0.03;

export const aspectStretched = transfer25Rule({
  code: 'aspect_stretched',
  severity: 'warning',
  says: 'The picture is stretched, not cropped, to the nearest of 16:9, 4:3, 1:1, 3:4 and 9:16.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video at most: the model works on a distorted picture, where people and wheels look wrong.',
  },
  source: '_src/transfer2/inference/utils.py:175-183, 297-299, 774-827',
  check: (sample) => {
    const clip = colourClip(sample);
    if (clip === undefined) return [];
    const { width, height } = clip.media;
    const { name, ratio } = nearestShape(clip.media);
    const stretch = ratio / (width / height) - 1;
    if (Math.abs(stretch) <= VISIBLE) return [];
    const amount = `${Math.round(Math.abs(stretch) * 100)} % ${stretch < 0 ? 'narrower' : 'wider'}`;
    const after = sample.spec.keep_input_resolution ? 'the result is stretched back' : 'so is the result';
    const message = `the video is ${width}x${height} and is stretched to ${name}: the model sees it ${amount}; ${after}`;
    return [{ path: clip.path, message, fix: `Render at ${name}, or crop the clip to it.` }];
  },
});

export const oddSize = transfer25Rule({
  code: 'odd_size',
  severity: 'info',
  says: 'The result of a video with an odd width or height is one pixel smaller there.',
  costs: { kind: 'silent change', text: 'Shows when the result is laid over the render: it is a pixel off.' },
  source: '_src/transfer2/inference/utils.py:811',
  check: (sample) => {
    const clip = colourClip(sample);
    if (clip === undefined || !sample.spec.keep_input_resolution) return [];
    const { width, height } = clip.media;
    if (width % 2 === 0 && height % 2 === 0) return [];
    const message = `the video is ${width}x${height}; the result will be ${width - (width % 2)}x${height - (height % 2)}`;
    return [{ path: clip.path, message, fix: 'Render with an even width and height.' }];
  },
});
