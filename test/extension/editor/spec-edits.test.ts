import { expect, test } from 'vitest';
import { changeOf, type FieldEdit, type Removed } from '../../../extension/src/editor/spec-edits.js';
import { applyEdits } from '../../../schemas/spec/json-edits.js';
import { factsOf, readSpec } from './facts.js';

const SPEC = {
  name: 'a',
  prompt: 'Rain',
  video_path: 'inputs/color.mp4',
  edge: { control_weight: 0.4, preset_edge_threshold: 'low' },
};

function after(object: object, edit: FieldEdit, removed: Removed = new Map()): Record<string, unknown> {
  const spec = readSpec(object);
  const change = changeOf(edit, spec, factsOf({ engine: spec.dialect }), removed);
  return JSON.parse(applyEdits(spec.text, spec.edits(change)));
}

test('each field changes its own key', () => {
  expect(after(SPEC, { field: 'prompt', value: 'Snow' })).toEqual({ ...SPEC, prompt: 'Snow' });
  expect(after(SPEC, { field: 'seed', value: 9 })).toEqual({ ...SPEC, seed: 9 });
  expect(after(SPEC, { field: 'weight', block: 'edge', value: 0.7 })).toEqual({
    ...SPEC,
    edge: { ...SPEC.edge, control_weight: 0.7 },
  });
  const cosmos3 = { vision_path: 'c.mp4', blur: { weight: 1 } };
  expect(after(cosmos3, { field: 'weight', block: 'blur', value: 0.7 })).toMatchObject({ blur: { weight: 0.7 } });
  expect(after(cosmos3, { field: 'control_guidance', value: 2 })).toMatchObject({ control_guidance: 2 });
});

test('an emptied field is left out, so that the default holds', () => {
  expect(after({ ...SPEC, negative_prompt: 'ugly' }, { field: 'negative_prompt', value: '' })).toEqual(SPEC);
  expect(after({ ...SPEC, num_steps: 12 }, { field: 'num_steps', value: null })).toEqual(SPEC);
});

test('off removes the block, and on brings it back as it was', () => {
  const removed: Removed = new Map();
  const { edge, ...without } = SPEC;
  expect(after(SPEC, { field: 'switch', block: 'edge', on: false }, removed)).toEqual(without);
  expect(after(without, { field: 'switch', block: 'edge', on: true }, removed)).toEqual({ ...without, edge });
});

test('a control that was never there comes from the render, or is computed', () => {
  expect(after(SPEC, { field: 'switch', block: 'depth', on: true })).toMatchObject({
    depth: { control_path: 'inputs/depth.mp4', control_weight: 0.5 },
  });
  expect(after(SPEC, { field: 'switch', block: 'vis', on: true })).toMatchObject({ vis: { control_weight: 0.5 } });
});

test('a movie of the clip is named as the spec sees it', () => {
  const clip = { path: '/renders/street', passes: ['depth' as const], sources: { depth: { file: 'depth.mov' } } };
  const facts = factsOf({ clip, file: '/renders/specs/a.cosmos.json' });
  const change = changeOf({ field: 'switch', block: 'depth', on: true }, readSpec(SPEC), facts, new Map());
  expect(change.value).toEqual({ control_path: '../street/depth.mov', control_weight: 0.5 });
});
