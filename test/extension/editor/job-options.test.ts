import { expect, test } from 'vitest';
import { inverseOf, mergeOptions, optionsOf } from '../../../extension/src/editor/job-options.js';
import { DEFAULT_NEGATIVE_PROMPT } from '../../../schemas/spec/transfer25.js';
import { formOf } from './facts.js';

const transfer = formOf({ video_path: 'c.mp4', edge: { control_weight: 0.4 } });
const cosmos3 = formOf({ vision_path: 'c.mp4', blur: { weight: 0.4 }, wsm: { weight: 0.3 } });

test('blocks of either dialect are hint keys of the job', () => {
  expect(optionsOf({ field: 'weight', block: 'edge', value: 0.7 }, transfer)).toEqual({ weights: { edge: 0.7 } });
  expect(optionsOf({ field: 'weight', block: 'blur', value: 0.7 }, cosmos3)).toEqual({ weights: { vis: 0.7 } });
  expect(optionsOf({ field: 'weight', block: 'wsm', value: 0.7 }, cosmos3)).toEqual({ set: { 'wsm.weight': 0.7 } });
});

test('off and on with the weight it last had', () => {
  expect(optionsOf({ field: 'switch', block: 'edge', on: false }, transfer)).toEqual({ weights: { edge: 'off' } });
  expect(optionsOf({ field: 'switch', block: 'edge', on: true }, transfer)).toEqual({ weights: { edge: 0.4 } });
});

test('an emptied negative prompt is the default of the model', () => {
  const edit = { field: 'negative_prompt', value: '' } as const;
  expect(optionsOf(edit, transfer)).toEqual({ set: { negative_prompt: DEFAULT_NEGATIVE_PROMPT } });
  expect(optionsOf(edit, cosmos3)).toEqual({ set: { negative_prompt: null } });
});

test('every edit can be taken back', () => {
  expect(inverseOf({ field: 'model', value: 'preview' }, transfer)).toEqual({ field: 'model', value: 'transfer2.5' });
  expect(inverseOf({ field: 'num_steps', value: 3 }, transfer)).toEqual({ field: 'num_steps', value: null });
  expect(inverseOf({ field: 'control_guidance', value: 3 }, cosmos3)).toEqual({ field: 'control_guidance', value: 1 });
  expect(inverseOf({ field: 'control_guidance', value: 3 }, transfer)).toBeUndefined();
  expect(inverseOf({ field: 'switch', block: 'edge', on: false }, transfer)).toMatchObject({ on: true });
});

test('later wishes win, field by field', () => {
  const first = { prompt: 'a', weights: { edge: 0.1, depth: 0.2 }, set: { num_steps: 1 } };
  expect(mergeOptions(first, { weights: { edge: 0.3 }, seed: 4 })).toEqual({
    prompt: 'a',
    seed: 4,
    weights: { edge: 0.3, depth: 0.2 },
    set: { num_steps: 1 },
  });
});
