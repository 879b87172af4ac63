/** Controls without control_path: computed from the colour video when the run begins. */
import { type Finding, isGiven, type Transfer25Sample, transfer25Rule } from '../../dialects/rules/rule.js';
import { videoFacts } from './chunking.js';

const COMPUTED = 'cosmos_transfer2/_src/transfer2/inference/utils.py';

export const segMayFindNothing = transfer25Rule({
  code: 'seg_may_find_nothing',
  severity: 'info',
  says: 'seg without control_path stops the run when nothing of its text is found in the first frame.',
  costs: {
    kind: 'late failure',
    text: 'The model is loaded; the whole run dies, and the samples behind this one with it.',
  },
  source: `${COMPUTED}:604-615; sam2_model.py:208-240`,
  check: (sample) => {
    const { seg } = sample.spec;
    if (seg === null || isGiven(sample, 'seg', 'control_path')) return [];
    const what = seg.control_prompt === null ? 'the prompt' : `"${seg.control_prompt}"`;
    const message = `seg is computed from the colour video: if nothing of ${what} is found in the first frame, the run stops`;
    return [{ path: ['seg'], message, fix: 'A rendered segmentation as control_path is sure.' }];
  },
});

export const wholeVideoComputed = transfer25Rule({
  code: 'whole_video_computed',
  severity: 'info',
  says: 'depth and seg without control_path are computed for the whole colour video, whatever max_frames says.',
  costs: { kind: 'time and money', text: 'Minutes of GPU time for frames that are not used, on every GPU of the run.' },
  source: `${COMPUTED}:706-746`,
  check: (sample) => [...wholeVideo(sample, 'depth'), ...wholeVideo(sample, 'seg')],
});

function wholeVideo(sample: Transfer25Sample, hint: 'depth' | 'seg'): Finding[] {
  const { [hint]: block, max_frames: most } = sample.spec;
  if (block === null || isGiven(sample, hint, 'control_path') || most === null) return [];
  const frames = videoFacts(sample)?.frames;
  if (frames !== undefined && frames <= most) return [];
  const all = frames === undefined ? 'all frames' : `all ${frames} frames`;
  const message = `${hint} is computed for ${all} of the colour video, not for the first ${most} only`;
  return [{ path: ['max_frames'], message, fix: 'Give a shorter video, or a rendered control as control_path.' }];
}
