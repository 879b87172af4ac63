/** Turns the text of a spec into what the form shows. Pure. */
import * as l10n from '@vscode/l10n';
import type { EngineName } from '../../../schemas/received.js';
import { COSMOS3_HINTS } from '../../../schemas/spec/cosmos3.js';
import { defaultControlGuidance } from '../../../schemas/spec/cosmos3-build.js';
import { controlRows, type SpecFacts } from './controls.js';
import type { Control, Form, NumberField, Slider, TextField } from './form.js';
import type { SpecText } from './spec-text.js';

export type FormFacts = SpecFacts &
  Pick<Form, 'kind' | 'title' | 'models' | 'modelNote' | 'preset' | 'host' | 'passes' | 'locked'>;

/** Default number of steps of both engines (config.py:502; cosmos3 sample_args.json). */
const DEFAULT_STEPS = 35;
/** Default guidance of transfer2.5 (config.py: guidance). */
const DEFAULT_GUIDANCE = 3;
/** Upper end of NVIDIA's range (cosmos-framework args.py: control_guidance). */
const MOST_GUIDANCE = 10;

export function specForm(spec: SpecText, facts: FormFacts): Form {
  const { kind, title, engine, models, modelNote, preset, host, passes, locked } = facts;
  const controls = controlRows(spec, facts);
  return {
    ...{ kind, title, engine, models, modelNote, preset, host, passes, locked, controls },
    prompt: promptOf(spec),
    negativePrompt: negativePromptOf(spec),
    seed: {
      value: spec.number('seed') ?? null,
      ...{ min: 0, max: null, step: 1 },
      placeholder: spec.dialect === 'cosmos3' ? l10n.t('another one every run') : '2025',
    },
    steps: {
      value: spec.number('num_steps') ?? null,
      ...{ min: 1, max: null, step: 1, placeholder: String(DEFAULT_STEPS) },
    },
    guidance: guidanceOf(spec),
    checkpoint: checkpointOf(engine, controls),
    controlGuidance: spec.dialect === 'cosmos3' ? controlGuidanceOf(spec, controls) : null,
  };
}

function promptOf(spec: SpecText): TextField {
  const file = spec.string('prompt_path');
  const value = spec.string('prompt');
  if (value !== undefined || file === undefined) {
    return { value: value ?? '', placeholder: l10n.t('What the video should show.'), note: '', action: null };
  }
  const note = l10n.t('The prompt is in {0}; what is written here takes its place.', file);
  return { value: '', placeholder: l10n.t('From {0}', file), note, action: null };
}

function negativePromptOf(spec: SpecText): TextField {
  const value = spec.string('negative_prompt');
  const off = value === '' && spec.dialect === 'cosmos3';
  return {
    value: value ?? '',
    placeholder: off ? l10n.t('Switched off') : l10n.t("NVIDIA's own negative prompt"),
    ...{ note: '', action: null },
  };
}

function checkpointOf(engine: EngineName, controls: readonly Control[]): string {
  const on = controls.filter((control) => control.on);
  const [only] = on;
  if (engine !== 'transfer2.5' || only === undefined) return '';
  return on.length === 1
    ? l10n.t(
        'One control: the run loads the checkpoint of {0} alone. Another control on loads a different one.',
        only.block,
      )
    : l10n.t('Several controls: the run loads the checkpoint for all of them, also for those of weight 0.');
}

/** transfer2.5: a whole number from 0 to 7 (config.py); cosmos3: any number of the same range (args.py). */
function guidanceOf(spec: SpecText): NumberField {
  const value = spec.number('guidance') ?? null;
  return spec.dialect === 'cosmos3'
    ? { value, min: 0, max: 7, step: 'any', placeholder: l10n.t("the model's own") }
    : { value, min: 0, max: 7, step: 1, placeholder: String(DEFAULT_GUIDANCE) };
}

function controlGuidanceOf(spec: SpecText, controls: readonly Control[]): Slider {
  const hints = COSMOS3_HINTS.filter((hint) => controls.some(({ block, on }) => on && block === hint));
  const usual = defaultControlGuidance(hints);
  const value = spec.number('control_guidance');
  const note =
    value === undefined
      ? l10n.t('Left out: {0} for these controls.', usual)
      : l10n.t('1 = off; usual for these controls: {0}.', usual);
  return { value: value ?? usual, min: 0, max: MOST_GUIDANCE, step: 0.1, note };
}
