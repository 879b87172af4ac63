/** Frame rates that differ, are cut down, or are far from what the models know. */
import { type Cosmos3Sample, commonRule, cosmos3Rule, transfer25Rule } from '../rule.js';
import { colourVideo } from '../sample-parts.js';
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
  says: 'The result keeps a frame rate that is not a whole number, but the prompt names a whole one.',
  costs: {
    kind: 'silent change',
    text: 'The model is told another rate and length than the video has; nothing in the log says so.',
  },
  source: 'inference/transfer.py:437, 462-465; inference/inference.py:461-503',
  check: (sample) => {
    const clip = colourClip(sample);
    const rate = clip === undefined ? undefined : rateOf(clip.media);
    if (clip === undefined || rate === undefined || Number.isInteger(rate)) return [];
    const message = `the colour video runs at ${sayRate(rate)} frames per second, but the model is told ${Math.round(rate)}`;
    return [{ path: clip.path, message, fix: `Export the clip at ${Math.round(rate)} frames per second.` }];
  },
});

/** Rates that NVIDIA's own reader takes without a warning of its log. */
const USUAL = { least: 10, most: 30 } as const;

export const fpsUnusual = cosmos3Rule({
  code: 'fps_unusual',
  severity: 'warning',
  says: `The models were made for ${USUAL.least} to ${USUAL.most} frames per second.`,
  costs: { kind: 'silent change', text: 'Movement looks wrong in the finished video; only the log warns.' },
  source: 'inference/args.py:534',
  check: (sample) => {
    const { rate, path } = playedAt(sample);
    if (rate === undefined || (rate >= USUAL.least && rate <= USUAL.most)) return [];
    const message = `the result runs at ${sayRate(rate)} frames per second; the model knows ${USUAL.least} to ${USUAL.most}`;
    return [{ path, message, fix: 'Export the clip at 24 frames per second.' }];
  },
});

/** The rate of the colour video counts; without one, that of the spec does. */
function playedAt(sample: Cosmos3Sample): { rate: number | undefined; path: string[] } {
  if (colourVideo(sample) === null) return { rate: sample.resolved.fps, path: ['fps'] };
  const clip = colourClip(sample);
  return { rate: clip === undefined ? undefined : rateOf(clip.media), path: ['vision_path'] };
}
