/** The distilled edge model: what it can do, and that the released code cannot run it. */

import { TRANSFER25_HINTS, type Transfer25 } from '../../../../schemas/spec/transfer25.js';
import { type Finding, transfer25Rule } from '../../dialects/rules/rule.js';
import { framesUsed } from './chunking.js';

const MODEL = 'edge/distilled';
const STEPS = 4;
const MOST_FRAMES = 93;
const SOURCE =
  'cosmos_transfer2/config.py:165-169; cosmos_transfer2/inference.py:52-60,298-303; issues #216, #218; PR #219';

export const distilledBroken = transfer25Rule({
  code: 'distilled_broken',
  severity: 'error',
  says: 'The model edge/distilled is hidden behind COSMOS_EXPERIMENTAL_CHECKPOINTS=1 and does not run in the released code.',
  costs: { kind: 'late failure', text: 'The run stops while it loads the model.' },
  source: SOURCE,
  check: ({ run }) => {
    if (run.model !== MODEL) return [];
    const message = 'the model edge/distilled does not run: a class it needs is missing from the released code';
    const fix =
      'Use the model edge. With a repaired checkout, set COSMOS_EXPERIMENTAL_CHECKPOINTS=1 on the host as well.';
    return [{ path: [], message, fix }];
  },
});

export const distilledLimits = transfer25Rule({
  code: 'distilled_limits',
  severity: 'error',
  says: 'The model edge/distilled takes edge alone, 4 steps and 93 frames at most.',
  costs: { kind: 'late failure', text: 'The run stops or gives a spoilt picture.' },
  source: SOURCE,
  check: (sample) => {
    if (sample.run.model !== MODEL) return [];
    const frames = framesUsed(sample);
    return [...otherHints(sample.spec), ...wrongSteps(sample.spec), ...(frames === undefined ? [] : tooLong(frames))];
  },
});

function otherHints(spec: Transfer25): Finding[] {
  return TRANSFER25_HINTS.filter((hint) => hint !== 'edge' && spec[hint] !== null).map((hint) => {
    const message = `the model edge/distilled knows edge only, not ${hint}`;
    return { path: [hint], message, fix: `Remove ${hint}, or use the model edge.` };
  });
}

function wrongSteps({ num_steps: steps }: Transfer25): Finding[] {
  if (steps === STEPS) return [];
  const message = `num_steps is ${steps}; the model edge/distilled is made for ${STEPS}`;
  return [{ path: ['num_steps'], message, fix: `Write ${STEPS}.` }];
}

function tooLong(frames: number): Finding[] {
  if (frames <= MOST_FRAMES) return [];
  const message = `the video has ${frames} frames; the model edge/distilled makes ${MOST_FRAMES} at most`;
  return [{ path: ['video_path'], message, fix: `Set max_frames to ${MOST_FRAMES}, or use the model edge.` }];
}
