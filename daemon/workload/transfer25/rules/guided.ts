/** Guided generation: parts of the colour video that are kept, by a mask of their own. */
import { suffixOf } from '../../../../schemas/spec/paths.js';
import { type Finding, isGiven, transfer25Rule } from '../../dialects/rules/rule.js';

const PIPELINE = 'cosmos_transfer2/_src/transfer2/inference/inference_pipeline.py';

export const guidedMaskFormat = transfer25Rule({
  code: 'guided_mask_format',
  severity: 'error',
  says: 'guided_generation_mask is an .mp4 or an .npz file, in small letters; a folder passes the check and then fails.',
  costs: { kind: 'late failure', text: 'The model is loaded and all controls are read before the run stops.' },
  source: `${PIPELINE}:344-370`,
  check: ({ spec: { guided_generation_mask: mask }, facts }) => {
    if (mask === null || ['.mp4', '.npz'].includes(suffixOf(mask))) return [];
    const path = ['guided_generation_mask'];
    const fix = 'Give an .mp4 video, or an .npz file with one array "arr_0" of frames, height and width.';
    const what = facts.entry(mask) === 'folder' ? 'is a folder' : `ends in "${suffixOf(mask)}"`;
    const message = `guided_generation_mask ${what}; only .mp4 and .npz files, in small letters, are read`;
    return [{ path, message, fix }];
  },
});

export const guidedLabels = transfer25Rule({
  code: 'guided_labels',
  severity: 'warning',
  says: 'guided_generation_foreground_labels belong to an .npz mask: beside an .mp4 they do nothing, and an empty list fails.',
  costs: {
    kind: 'late failure',
    text: 'An empty list stops the run after the model was loaded; else nothing happens.',
  },
  source: `${PIPELINE}:349-350,358-359`,
  check: ({ spec: { guided_generation_mask: mask, guided_generation_foreground_labels: labels } }) => {
    if (mask === null || labels === null) return [];
    const path = ['guided_generation_foreground_labels'];
    const repair = [{ do: 'remove' as const, path }];
    if (suffixOf(mask) === '.mp4')
      return [{ path, message: 'labels have no effect beside an .mp4 mask', fix: 'Leave them out.', repair }];
    if (suffixOf(mask) !== '.npz' || labels.length > 0) return [];
    const message = 'the list of foreground labels is empty: the run stops when it reads the mask';
    return [{ path, message, fix: 'Name the labels that are to be kept, such as [1].', severity: 'error' }];
  },
});

export const guidedSteps = transfer25Rule({
  code: 'guided_steps',
  severity: 'info',
  says: 'The guided mask holds up to and with guided_generation_step_threshold, counted from 0.',
  costs: {
    kind: 'silent change',
    text: 'Held in every step the parts look pasted in; held in none they are not kept.',
  },
  source: 'cosmos_transfer2/_src/transfer2/models/vid2vid_model_control_vace_rectified_flow.py:435',
  check: ({ spec: { guided_generation_mask: mask, guided_generation_step_threshold: last, num_steps: steps } }) => {
    const path = ['guided_generation_step_threshold'];
    if (mask === null) return [];
    if (last < 0) {
      const message = `guided_generation_step_threshold is ${last}: the mask is never used`;
      return [{ path, message, fix: `Use 0 to ${steps - 1}.`, severity: 'warning' }];
    }
    if (last < steps - 1) return [];
    const message = `guided_generation_step_threshold is ${last} and there are ${steps} steps: the mask holds in every step`;
    return [{ path, message, fix: 'To let the picture blend, use fewer than the steps there are.' }];
  },
});

export const guidedUnused = transfer25Rule({
  code: 'guided_unused',
  severity: 'warning',
  says: 'Settings of guided generation have no effect without guided_generation_mask.',
  costs: { kind: 'silent change', text: 'The run succeeds without anything being kept.' },
  source: `${PIPELINE}:344-370`,
  check: (sample) => {
    if (isGiven(sample, 'guided_generation_mask')) return [];
    return ['guided_generation_step_threshold', 'guided_generation_foreground_labels'].flatMap((key): Finding[] => {
      if (!isGiven(sample, key)) return [];
      const message = `${key} has no effect without guided_generation_mask`;
      return [{ path: [key], message, fix: 'Add the mask, or leave this out.' }];
    });
  },
});
