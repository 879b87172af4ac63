/** Wishes for a job that does not exist yet. */
import { expect, test } from 'vitest';
import { Draft, wish } from '../../../extension/src/editor/draft.js';
import type { FormEdit } from '../../../extension/src/editor/form.js';
import { presetValues } from '../../../extension/src/editor/presets.js';
import type { JobOptions, Preset } from '../../../schemas/index.js';
import { formOf } from './facts.js';

const SPEC = { prompt: 'Rain', video_path: 'inputs/color.mp4', seed: 2025, edge: { control_weight: 0.4 } };
const FORM = formOf({ ...SPEC, depth: { control_path: 'inputs/depth.mp4', control_weight: 0.3 } }, { kind: 'clip' });

const PRESETS: Record<string, Preset> = {
  Dusk: { engine: 'transfer2.5', prompt: 'Dusk', num_steps: 12, weights: { edge: 0.5 } },
  Cheap: { num_steps: 9, set: { control_guidance: 2 } },
};

const after = (options: JobOptions, ...edits: FormEdit[]) =>
  edits.reduce((all, edit) => wish(all, edit, FORM, PRESETS), options);

test('each change is one step, back and forth; a new one ends the way forth', () => {
  const draft = new Draft({ engine: 'preview' });
  for (const prompt of ['Snow', 'Fog']) draft.change({ ...draft.options, prompt });
  draft.undo();
  expect([draft.options, draft.isChanged]).toEqual([{ engine: 'preview', prompt: 'Snow' }, true]);
  draft.redo();
  expect(draft.options.prompt).toBe('Fog');
  draft.undo();
  draft.change({ engine: 'preview', seed: 1 });
  draft.redo();
  expect(draft.options).toEqual({ engine: 'preview', seed: 1 });
  for (let i = 0; i < 5; i++) draft.undo();
  expect([draft.options, draft.isChanged]).toEqual([{ engine: 'preview' }, false]);
});

test('what is left empty is wished no more', () => {
  const full = after(
    {},
    { field: 'seed', value: 3 },
    { field: 'num_steps', value: 12 },
    { field: 'guidance', value: 4 },
    { field: 'host', value: 'h100' },
    { field: 'weight', block: 'edge', value: 0.8 },
    { field: 'switch', block: 'depth', on: false },
  );
  expect(full).toEqual({
    ...{ seed: 3, host: 'h100', set: { num_steps: 12, guidance: 4 }, weights: { edge: 0.8, depth: 'off' } },
  });
  const empty = after(
    full,
    { field: 'seed', value: null },
    { field: 'num_steps', value: null },
    { field: 'guidance', value: null },
    { field: 'host', value: '' },
  );
  expect(empty).toEqual({ weights: { edge: 0.8, depth: 'off' } });
});

test('a seed that was remembered as a field is gone as well when the seed is left empty', () => {
  expect(after({ set: { seed: 7 } }, { field: 'seed', value: null })).toEqual({});
});

test('a preset goes over what was wished before, with its prompt; what it does not speak of stays', () => {
  const before: JobOptions = {
    ...{ engine: 'cosmos3', prompt: 'Mine', host: 'h100', seed: 3 },
    ...{ weights: { edge: 0.1, depth: 0.2 }, set: { num_steps: 30, negative_prompt: 'blur' } },
  };
  expect(after(before, { field: 'preset', value: 'Dusk' })).toEqual({
    ...{ host: 'h100', seed: 3, preset: 'Dusk', prompt: 'Dusk' },
    set: { negative_prompt: 'blur' },
  });
  const two = after(before, { field: 'preset', value: 'Dusk' }, { field: 'preset', value: 'Cheap' });
  expect(two).toEqual({ host: 'h100', seed: 3, preset: 'Cheap', set: { negative_prompt: 'blur' } });
  const cheap = after(before, { field: 'preset', value: 'Cheap' });
  expect([cheap.weights, cheap.set]).toEqual([{ edge: 0.1, depth: 0.2 }, { negative_prompt: 'blur' }]);
  expect(after({ preset: 'Dusk', prompt: 'Dusk' }, { field: 'preset', value: '' })).toEqual({});
  expect(after({ preset: 'Dusk', prompt: 'Mine' }, { field: 'preset', value: '' })).toEqual({ prompt: 'Mine' });
});

test('several weights at once are one wish', () => {
  const options = after({ weights: { seg: 'off' } }, { field: 'weights', values: { edge: 0.57, depth: 0.43 } });
  expect(options.weights).toEqual({ seg: 'off', edge: 0.57, depth: 0.43 });
});

test("a preset holds what the form shows and a person chose, and nothing that is this clip's alone", () => {
  const form = formOf(
    { ...SPEC, num_steps: 12 },
    { kind: 'clip', clip: { path: '/x', passes: ['color'], sources: {} } },
  );
  expect(presetValues(form, {})).toEqual({
    ...{ engine: 'transfer2.5', num_steps: 12, weights: { edge: 0.4, depth: 'off', seg: 'off', vis: 'off' } },
  });
  const chosen = { prompt: 'Mine', seed: 4, host: 'h100', set: { num_steps: 12, control_guidance: 2 } };
  expect(presetValues(form, chosen)).toMatchObject({
    ...{ prompt: 'Mine', seed: 4, host: 'h100', num_steps: 12, set: { control_guidance: 2 } },
  });
  const preview = formOf({ prompt: 'p', video_path: 'c.mp4', edge: {} }, { engine: 'preview', clip: null });
  expect(presetValues(preview, {}).weights).toEqual({ edge: 1, vis: 'off' }); // depth and seg: this clip cannot have them
});
