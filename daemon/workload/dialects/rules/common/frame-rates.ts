/** Frame rates that differ, or are no whole numbers. */
import { commonRule, cosmos3Rule, transfer25Rule } from '../rule.js';
import { againstWhich, colourClip, rateOf, sayRate } from './measured.js';

export const fpsDiffers = commonRule({
  code: 'fps_differs',
  severity: 'warning',
  says: 'A control or mask runs at another rate than the clip it belongs to.',
  costs: {
    kind: 'silent change',
    text: 'Frames are matched by their number, so control and picture drift apart; it shows in the finished video.',
  },
  source: 'cosmos-transfer2.5 _src/transfer2/inference/utils.py:625-771; cosmos-framework inference/transfer.py:437',
  check: (sample) => {
    const { reference, others } = againstWhich(sample) ?? { others: [] };
    const wanted = reference === undefined ? undefined : rateOf(reference.media);
    if (reference === undefined || wanted === undefined) return [];
    return others.flatMap(({ label, path, media }) => {
      const own = rateOf(media);
      if (own === undefined || own === wanted) return [];
      const message = `${label} runs at ${sayRate(own)} frames per second, ${reference.label} at ${sayRate(wanted)}: frames are matched by number, not by time`;
      return [{ path, message, fix: 'Export both at the same frame rate.' }];
    });
  },
});

export const fpsFloored = transfer25Rule({
  code: 'fps_floored',
  severity: 'warning',
  says: 'A frame rate that is not a whole number is cut down: 23.976 becomes 23.',
  costs: {
    kind: 'silent change',
    text: 'The finished video runs slower than the render and does not match its sound.',
  },
  source: '_src/transfer2/inference/utils.py:226-229',
  check: (sample) => {
    const clip = colourClip(sample);
    const rate = clip === undefined ? undefined : rateOf(clip.media);
    if (clip === undefined || rate === undefined || Number.isInteger(rate)) return [];
    const message = `the video runs at ${sayRate(rate)} frames per second; the result will run at ${Math.floor(rate)}`;
    return [{ path: clip.path, message, fix: `Export the clip at ${Math.round(rate)} frames per second.` }];
  },
});

export const fpsRounded = cosmos3Rule({
  code: 'fps_rounded',
  severity: 'warning',
  says: 'A frame rate that is not a whole number is rounded: in the prompt, and without vision_path in the result too.',
  costs: {
    kind: 'silent change',
    text: 'The model gets another rate and length than the clip has, or the result drifts from the render and its sound.',
  },
  source: 'inference/transfer.py:437, 462-465; inference/inference.py:461-503',
  check: (sample) => {
    const { reference } = againstWhich(sample) ?? {};
    const rate = reference === undefined ? undefined : rateOf(reference.media);
    if (reference === undefined || rate === undefined || Number.isInteger(rate)) return [];
    const whole = Math.round(rate);
    const before = `${reference.label} runs at ${sayRate(rate)} frames per second`;
    const fix = `Export the clip at ${whole} frames per second.`;
    if (sample.spec.vision_path !== null)
      return [{ path: reference.path, message: `${before}, but the model gets ${whole}`, fix }];
    // When the rate of the spec is another one altogether, the rules of cosmos3 say so.
    if (sample.resolved.fps !== whole) return [];
    return [{ path: reference.path, message: `${before}; the result will run at ${whole}`, fix }];
  },
});
