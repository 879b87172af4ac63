/** Images: one frame, a num_frames that says so, and a suffix that a transfer opens. */

import { suffixOf } from '../../../../schemas/spec/paths.js';
import type { Repair } from '../../dialects/repair.js';
import { type Cosmos3Sample, type Finding, isGiven, type Rule } from '../../dialects/rules/rule.js';
import { firstControl, framesOf } from './source.js';
import { ENDS_THE_RUN, transferRule } from './transfer-rule.js';

/** num_frames picks the file type and the tensor decides what is written (inference.py:1868; visualize/video.py:76). */
const oneFrame = transferRule({
  code: 'one_frame_mismatch',
  severity: 'error',
  says: 'An image needs num_frames 1, and a video must not have it.',
  costs: {
    kind: 'late failure',
    text: 'Shows when the result is saved: all the work is done and nothing is kept, and the run ends.',
  },
  source: 'cosmos-framework inference/inference.py:1868-1871, tools/visualize/video.py:76-105',
  check: (sample) => {
    if (!isGiven(sample, 'num_frames') && isGiven(sample, 'defaults_file')) return [];
    const frames = framesOf(sample);
    const asImage = sample.resolved.num_frames === 1;
    if (frames === undefined) return asImage ? [imageOfUnknown(sample)] : [];
    if ((frames === 1) === asImage) return [];
    return [asImage ? imageOfVideo(sample, frames) : videoOfImage(sample)];
  },
});

function videoOfImage(sample: Cosmos3Sample): Finding {
  const called = firstControl(sample)?.called ?? 'the control';
  const why = sample.resolved.max_frames === 1 ? 'max_frames is 1' : `${called} has one frame`;
  // num_frames has no other effect on a transfer. An unset model_mode is guessed from it, so it is pinned down.
  const pinned = isGiven(sample, 'model_mode') || !isGiven(sample, 'vision_path');
  const repair: Repair[] = [
    { do: 'set', path: ['num_frames'], value: 1 },
    ...(pinned ? [] : [{ do: 'set', path: ['model_mode'], value: 'video2video' } as const]),
  ];
  const message = `${why}, and num_frames is ${sample.resolved.num_frames}: an image cannot be saved as a video`;
  return { path: pathOfCause(sample), message, fix: 'Write "num_frames": 1.', repair };
}

const ONE_IMAGE = 'For one image write "max_frames": 1 as well.';

function imageOfVideo(sample: Cosmos3Sample, frames: number): Finding {
  const fix = `Remove it to get a video. ${ONE_IMAGE}`;
  const message = `${reason(sample)} asks for one image, and the result has ${frames} frames: saving fails`;
  return { path: pathOfCause(sample), message, fix };
}

function imageOfUnknown(sample: Cosmos3Sample): Finding {
  const called = firstControl(sample)?.called ?? 'the control';
  const message = `${reason(sample)} asks for one image: if ${called} has more than one frame, saving fails`;
  return {
    path: pathOfCause(sample),
    severity: 'warning',
    message,
    fix: ONE_IMAGE,
  };
}

function pathOfCause({ spec }: Cosmos3Sample): string[] {
  if (spec.num_frames !== null) return ['num_frames'];
  return spec.model_mode?.endsWith('2image') ? ['model_mode'] : [];
}

function reason({ spec }: Cosmos3Sample): string {
  return spec.num_frames === 1 ? 'num_frames 1' : `model_mode "${spec.model_mode}"`;
}

/** The list for vision_path has .webp (inference/args.py), that of the function which opens it has not. */
const webp = transferRule({
  code: 'webp_not_opened',
  severity: 'error',
  says: 'vision_path may end in .webp, and a transfer opens no such image.',
  costs: ENDS_THE_RUN,
  source: 'cosmos-framework inference/vision.py:185-186',
  check: ({ spec: { vision_path: named } }) => {
    if (named === null || suffixOf(named).toLowerCase() !== '.webp') return [];
    const message = 'vision_path is a .webp image: it is accepted, and the run cannot open it';
    return [{ path: ['vision_path'], message, fix: 'Convert it to .png.' }];
  },
});

export const ONE_FRAME_RULES: readonly Rule[] = [oneFrame, webp];
