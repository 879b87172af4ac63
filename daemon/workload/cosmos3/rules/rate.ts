/** Frames per second: of the colour video where there is one, else of the spec; that of a control never counts. */
import { type Cosmos3Sample, type Finding, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { colourOf, firstControl, framesOf, rateOf, type Source } from './source.js';
import { isBuiltIn, transferRule } from './transfer-rule.js';

const SOURCE = 'cosmos-framework inference/transfer.py:437';

const unused = transferRule({
  code: 'fps_unused',
  severity: 'warning',
  says: 'fps has no effect when there is a vision_path: its rate counts.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: it plays at another rate than written.' },
  source: SOURCE,
  check: (sample) => {
    const { fps } = sample.spec;
    const colour = colourOf(sample);
    if (fps === null || colour === null || colour.image) return [];
    const path = ['fps'];
    const fix = 'Remove fps, or render the colour video at the rate that you want.';
    if (colour.media === undefined) {
      const message = `fps ${fps} has no effect: the video plays at the rate of vision_path`;
      return [{ path, severity: 'info', message, fix }];
    }
    const rate = rateOf(colour.media);
    if (Math.round(rate) === fps) return [];
    return [{ path, message: `fps ${fps} has no effect: the video plays at the ${shown(rate)} of vision_path`, fix }];
  },
});

const differs = transferRule({
  code: 'fps_not_of_control',
  severity: 'warning',
  says: 'Without vision_path the video plays at the fps of the spec (24, wsm 10), not at the rate of its controls.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video: everything moves faster or slower than rendered.',
  },
  source: SOURCE,
  check: (sample) => {
    const control = firstControl(sample);
    if (isGiven(sample, 'vision_path') || control === null || control.image) return [];
    if (!isGiven(sample, 'fps') && !isBuiltIn(sample, 'fps')) return [];
    if (control.media !== undefined) return againstControl(sample, control, rateOf(control.media));
    if (isGiven(sample, 'fps')) return [];
    const message = `the video will play at ${sample.resolved.fps} frames per second, whatever rate ${control.called} has`;
    return [{ path: [], severity: 'info', message, fix: `Write "fps": the rate of ${control.called}.` }];
  },
});

function againstControl(sample: Cosmos3Sample, { called, path, media }: Source, rate: number): Finding[] {
  const { fps } = sample.resolved;
  // One frame has no rate. The gap between 23.976 and 24 is the business of the rule about whole rates.
  if (media?.frames === 1 || Math.round(rate) === fps || rate <= 0) return [];
  const given = isGiven(sample, 'fps');
  const how = given ? `fps is ${fps}` : `fps is not set and becomes ${fps}`;
  const slower = fps < rate ? 'slower' : 'faster';
  const message = `${called} has ${shown(rate)} frames per second and ${how}: the video plays ${slower} than rendered`;
  const wanted = Math.round(rate);
  const repair = !given && Number.isInteger(rate) ? [{ do: 'set', path: ['fps'], value: wanted } as const] : undefined;
  return [{ path: given ? ['fps'] : path, message, fix: `Write "fps": ${wanted}.`, ...(repair && { repair }) }];
}

const TRAINED = { least: 10, most: 30 };

const outside = transferRule({
  code: 'fps_untrained',
  severity: 'warning',
  says: 'The model was trained with 10 to 30 frames per second.',
  costs: { kind: 'silent change', text: 'Shows in the finished video: motion may look wrong.' },
  source: 'cosmos-framework inference/args.py:534',
  check: (sample) => {
    const colour = colourOf(sample);
    if (colour?.image || framesOf(sample) === 1 || (colour === null && isGiven(sample, 'vision_path'))) return [];
    const media = colour?.media;
    const rate = colour === null ? sample.resolved.fps : media === undefined ? null : rateOf(media);
    if (rate === null || (rate >= TRAINED.least && rate <= TRAINED.most)) return [];
    const message = `${shown(rate)} frames per second is outside the ${TRAINED.least} to ${TRAINED.most} of the training: quality may suffer`;
    const fix = colour === null ? 'Use 24 or 30.' : 'Render at 24 or 30 frames per second.';
    return [{ path: colour?.path ?? ['fps'], message, fix }];
  },
});

/** An image is read as a video of one frame at 1 frame per second, and that rate is then the one of the result. */
const ofImage = transferRule({
  code: 'image_sets_rate',
  severity: 'warning',
  says: 'An image as vision_path makes the result play at 1 frame per second.',
  costs: {
    kind: 'silent change',
    text: 'Shows in the finished video: it plays at 1 frame per second and moves accordingly.',
  },
  source: 'cosmos-framework inference/vision.py:185-209, transfer.py:437',
  check: (sample) => {
    const control = firstControl(sample);
    if (!colourOf(sample)?.image || control === null || control.image || control.media?.frames === 1) return [];
    const message = `vision_path is an image and ${control.called} a video: the result plays at 1 frame per second`;
    return [{ path: ['vision_path'], message, fix: 'Give a video as vision_path, or none.' }];
  },
});

function shown(rate: number): string {
  return String(Math.round(rate * 1000) / 1000);
}

export const RATE_RULES: readonly Rule[] = [unused, differs, outside, ofImage];
