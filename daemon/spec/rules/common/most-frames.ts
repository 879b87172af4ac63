/** Clips that are longer than the engines read. */
import { commonRule, type Sample } from '../rule.js';
import { type Clip, colourClip, controlClips } from './measured.js';

/**
 * Frames that are read without max_frames: NUM_MAX_FRAMES of transfer2.5 (_src/transfer2/inference/utils.py:39), the
 * default of max_frames in cosmos3 (inference/args.py).
 */
export const MOST_FRAMES = 5000;

export const framesCut = commonRule({
  code: 'frames_cut',
  severity: 'warning',
  says: `Without max_frames, frames after the first ${MOST_FRAMES} are not used.`,
  costs: { kind: 'silent change', text: 'Shows in the finished video, which ends early; the log does not mention it.' },
  source:
    'cosmos-transfer2.5 _src/transfer2/inference/utils.py:39, 376; cosmos-framework inference/transfer.py:436-440',
  check: (sample) => {
    const clip = lengthGiver(sample);
    if (clip === undefined || sample.spec.max_frames !== null || clip.media.frames <= MOST_FRAMES) return [];
    const message = `${clip.label} has ${clip.media.frames} frames, and only the first ${MOST_FRAMES} are used`;
    const fix = `Cut the clip into shots, or set "max_frames": ${clip.media.frames} to have them all.`;
    return [{ path: clip.path, message, fix }];
  },
});

/** The clip whose frames are counted: the colour video, in cosmos3 the first control. */
function lengthGiver(sample: Sample): Clip | undefined {
  const colour = colourClip(sample);
  return sample.dialect === 'cosmos3' ? (controlClips(sample)[0] ?? colour) : colour;
}
