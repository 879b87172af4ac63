import { expect, test } from 'vitest';
import type { Form } from '../../../extension/src/editor/form.js';
import { factsOf, formOf } from './facts.js';

const TRANSFER = { name: 'a', prompt: 'Rain', video_path: 'inputs/color.mp4' };
const COSMOS3 = { name: 'a', prompt: 'Rain', vision_path: 'inputs/color.mp4', aspect_ratio: '16,9' };

function row({ controls }: Form, block: string) {
  const found = controls.find((control) => control.block === block);
  if (found === undefined) throw new Error(`no row ${block}`);
  return found;
}

test('prompt, seed and steps with what holds where nothing is written', () => {
  const form = formOf({ ...TRANSFER, seed: 7, edge: {} });
  expect(form.prompt.value).toBe('Rain');
  expect(form.negativePrompt).toMatchObject({ value: '', placeholder: "NVIDIA's own negative prompt" });
  expect(form.seed).toMatchObject({ value: 7, placeholder: '2025' });
  expect(form.steps).toMatchObject({ value: null, placeholder: '35' });
  expect(formOf(COSMOS3).seed.placeholder).toBe('another one every run');
});

test('a prompt in a file is named, and what is written takes its place', () => {
  const { prompt } = formOf({ name: 'a', prompt_path: 'prompt.txt' });
  expect(prompt).toMatchObject({ value: '', placeholder: 'From prompt.txt' });
  expect(prompt.note).toMatch(/takes its place/);
});

test('an empty negative prompt is switched off in cosmos3 only', () => {
  expect(formOf({ ...COSMOS3, negative_prompt: '' }).negativePrompt.placeholder).toBe('Switched off');
});

test('where each control comes from', () => {
  const form = formOf({
    ...TRANSFER,
    edge: { control_weight: 0.3 },
    depth: { control_path: 'inputs/depth.mp4', control_weight: 0.4 },
    seg: { control_path: '../elsewhere/seg.mp4' },
  });
  expect(row(form, 'edge')).toMatchObject({ on: true, weight: 0.3, source: 'computed from colour' });
  expect(row(form, 'depth')).toMatchObject({ on: true, weight: 0.4, source: 'from render', pass: 'depth' });
  expect(row(form, 'seg')).toMatchObject({ on: true, weight: 1, source: 'from seg.mp4' });
  expect(row(form, 'vis')).toMatchObject({ on: false, source: 'computed from colour', unavailable: '' });
});

test('a movie of the clip is a render too', () => {
  const clip = { path: '/renders/street', passes: ['depth' as const], sources: { depth: { file: 'depth.mov' } } };
  const form = formOf({ ...TRANSFER, depth: { control_path: 'depth.mov' } }, { clip });
  expect(row(form, 'depth').source).toBe('from render');
});

test('cosmos3 cannot compute depth and segmentation: they need a render', () => {
  const form = formOf(COSMOS3, { clip: null });
  expect(row(form, 'depth').unavailable).toBe('unavailable: Cosmos 3 needs a rendered depth');
  expect(row(form, 'seg').unavailable).toBe('unavailable: Cosmos 3 needs a rendered seg');
  expect(row(form, 'blur')).toMatchObject({ unavailable: '', source: 'computed from colour' });
  expect(row(formOf(COSMOS3), 'depth')).toMatchObject({ unavailable: '', source: 'from render' });
});

test('without a colour video nothing can be computed', () => {
  expect(row(formOf({ name: 'a', edge: {} }, { clip: null }), 'edge').source).toMatch(/no colour video/);
});

test('the preview computes less than the model whose specs it reads', () => {
  const form = formOf(TRANSFER, factsOf({ engine: 'preview', clip: null }));
  expect(row(form, 'depth').unavailable).toBe('unavailable: Preview needs a rendered depth');
  expect(row(form, 'edge').unavailable).toBe('');
});

test('a driving map is shown where it is written', () => {
  expect(formOf(COSMOS3).controls.map(({ block }) => block)).toEqual(['edge', 'depth', 'seg', 'blur']);
  const form = formOf({ ...COSMOS3, wsm: { control_path: 'map.mp4', weight: 3 } });
  expect(row(form, 'wsm')).toMatchObject({ on: true, most: 3, source: 'from map.mp4' });
});

test('the checkpoint that the controls make transfer2.5 load', () => {
  expect(formOf({ ...TRANSFER, edge: {} }).checkpoint).toMatch(/checkpoint of edge alone/);
  expect(formOf({ ...TRANSFER, edge: {}, depth: { control_weight: 0 } }).checkpoint).toMatch(
    /also for those of weight 0/,
  );
  expect(formOf({ ...COSMOS3, edge: {} }).checkpoint).toBe('');
});

test('cosmos3 offers control_guidance, with what it is for these controls', () => {
  expect(formOf({ ...COSMOS3, seg: { control_path: 's.mp4' } }).controlGuidance).toMatchObject({ value: 2 });
  expect(formOf({ ...COSMOS3, edge: {}, blur: {} }).controlGuidance?.note).toBe('Left out: 1 for these controls.');
  expect(formOf({ ...COSMOS3, edge: {}, control_guidance: 2.5 }).controlGuidance).toMatchObject({
    value: 2.5,
    note: '1 = off; usual for these controls: 1.5.',
  });
  expect(formOf({ ...TRANSFER, edge: {} }).controlGuidance).toBeNull();
});
