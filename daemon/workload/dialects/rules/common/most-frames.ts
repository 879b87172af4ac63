/** The most frames that are made: how to ask for fewer, and clips that are longer than transfer2.5 reads. */
import { MOST_FRAMES } from '../../../../../schemas/spec/chunks.js';
import { type Offer, transfer25Rule } from '../rule.js';
import { colourClip } from './measured.js';

/** A person has to choose it: the end of the clip is lost. @param made what so many frames are: "one chunk". */
export function fewerFrames(frames: number, made?: string): Offer {
  const says = `Make the first ${frames} frames only${made === undefined ? '' : `: ${made}`}.`;
  return { says, repair: [{ do: 'set', path: ['max_frames'], value: frames }] };
}

/** cosmos3 has a rule of its own, as another file sets the length there. */
export const framesCapped = transfer25Rule({
  code: 'frames_capped',
  severity: 'warning',
  says: `Without max_frames, frames after the first ${MOST_FRAMES} are not used.`,
  costs: { kind: 'silent change', text: 'Shows in the finished video, which ends early; the log does not mention it.' },
  source: 'cosmos_transfer2/_src/transfer2/inference/utils.py:39, 376',
  check: (sample) => {
    const clip = colourClip(sample);
    if (clip === undefined || sample.spec.max_frames !== null || clip.media.frames <= MOST_FRAMES) return [];
    const message = `${clip.label} has ${clip.media.frames} frames, and only the first ${MOST_FRAMES} are used`;
    return [{ path: clip.path, message, fix: 'Cut the clip into shots, one spec each.' }];
  },
});
