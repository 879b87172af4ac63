/** Values that nothing reads. */
import { type Finding, isGiven, type Transfer25Sample, transfer25Rule, written } from '../../dialects/rules/rule.js';

export const deadSigma = transfer25Rule({
  code: 'sigma_max',
  severity: 'warning',
  says: 'sigma_max has no effect in this release; a text in it that is no number stops the run.',
  costs: {
    kind: 'late failure',
    text: 'A number changes nothing and costs one encoding a chunk; other text fails after the model was loaded.',
  },
  source:
    'cosmos_transfer2/inference.py:244; inference_pipeline.py:569-575,648-649; vid2vid_model_control_vace_rectified_flow.py:330-341',
  check: ({ spec: { sigma_max } }) => {
    if (sigma_max === null) return [];
    const path = ['sigma_max'];
    const head = { path, fix: 'Leave it out.', repair: [{ do: 'remove' as const, path }] };
    if (isPythonFloat(sigma_max)) return [{ ...head, message: 'sigma_max has no effect in this release' }];
    const message = `sigma_max "${sigma_max}" is no number: the run stops after the model was loaded`;
    return [{ ...head, severity: 'error', message }];
  },
});

/** What float() of Python takes of a text. */
function isPythonFloat(text: string): boolean {
  return /^[+-]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?|inf|infinity|nan)$/i.test(
    text.trim(),
  );
}

export const presetIgnored = transfer25Rule({
  code: 'control_preset_unused',
  severity: 'info',
  says: 'preset_edge_threshold and preset_blur_strength count only where the control is computed from the colour video.',
  costs: { kind: 'silent change', text: 'The preset does nothing: the control of control_path is used as it is.' },
  source:
    'cosmos_transfer2/config.py:453,463; cosmos_transfer2/_src/transfer2/datasets/augmentors/control_input.py:103-112',
  // No repair: it counts again without control_path.
  check: (sample) => [
    ...besideControl(sample, 'edge', 'preset_edge_threshold'),
    ...besideControl(sample, 'vis', 'preset_blur_strength'),
  ],
});

export const controlPromptIgnored = transfer25Rule({
  code: 'control_prompt_ignored',
  severity: 'warning',
  says: 'control_prompt of seg counts only where seg is computed from the colour video.',
  costs: { kind: 'silent change', text: 'The text does nothing: the segmentation of control_path is used as it is.' },
  source: 'cosmos_transfer2/config.py:472,579-588',
  // No repair, for the same reason.
  check: (sample) => besideControl(sample, 'seg', 'control_prompt'),
});

function besideControl(sample: Transfer25Sample, hint: 'edge' | 'vis' | 'seg', key: string): Finding[] {
  if (!isGiven(sample, hint, key) || (sample.spec[hint]?.control_path ?? null) === null) return [];
  const path = [hint, key];
  const message = `${key} has no effect beside control_path: ${hint} is not computed but read`;
  return [{ path, message, fix: `Remove ${key}, or control_path.` }];
}

export const negativeUnused = transfer25Rule({
  code: 'negative_prompt_unused',
  severity: 'info',
  says: 'With guidance 0, negative_prompt has no effect.',
  costs: { kind: 'silent change', text: 'The run succeeds as if no negative prompt were there, in the same time.' },
  source:
    'cosmos_transfer2/_src/transfer2/models/vid2vid_model_control_vace_rectified_flow.py (velocity_fn); issue #159',
  check: (sample) => {
    const { guidance, negative_prompt } = sample.spec;
    const own = written(sample, 'negative_prompt');
    if (guidance !== 0 || own?.kind !== 'string' || negative_prompt.trim() === '') return [];
    const message = 'with guidance 0, negative_prompt has no effect';
    return [{ path: ['negative_prompt'], message, fix: 'Use guidance 1 to 7; 3 is a good start.' }];
  },
});
