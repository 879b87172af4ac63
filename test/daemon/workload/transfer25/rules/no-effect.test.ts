import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

test.each(['80', '0', ' 1e2 ', 'inf', '.5'])('sigma_max "%s" has no effect, and can be taken out', (sigma_max) => {
  expect(foundIn('sigma_max', { sigma_max })).toMatchObject([
    { severity: 'warning', message: 'sigma_max has no effect in this release', edits: [{ text: '' }] },
  ]);
});

test.each(['high', '', '80%', '0x10'])('sigma_max "%s" stops the run', (sigma_max) => {
  expect(foundIn('sigma_max', { sigma_max })).toMatchObject([
    {
      severity: 'error',
      path: ['sigma_max'],
      message: `sigma_max "${sigma_max}" is no number: the run stops after the model was loaded`,
      edits: [{ text: '' }],
    },
  ]);
});

test('without sigma_max nothing is said', () => {
  for (const sigma_max of [null, undefined]) expect(foundIn('sigma_max', { sigma_max })).toEqual([]);
});

test('presets beside control_path have no effect', () => {
  const edge = { control_path: 'edge.mp4', preset_edge_threshold: 'low' };
  const vis = { control_path: 'vis.mp4', preset_blur_strength: 'low' };
  expect(saidIn('control_preset_unused', { edge, vis })).toEqual([
    'info edge.preset_edge_threshold: preset_edge_threshold has no effect beside control_path: edge is not computed but read',
    'info vis.preset_blur_strength: preset_blur_strength has no effect beside control_path: vis is not computed but read',
  ]);
  expect(foundIn('control_preset_unused', { edge })[0]?.edits).toBeUndefined();
  expect(foundIn('control_preset_unused', { edge: { preset_edge_threshold: 'low' } })).toEqual([]);
});

test('so has the text of a segmentation that is read; it is not taken out', () => {
  const [issue] = foundIn('control_prompt_ignored', { seg: { control_path: 's.mp4', control_prompt: 'cars' } });
  expect(issue).toMatchObject({ severity: 'warning', path: ['seg', 'control_prompt'] });
  expect(issue?.edits).toBeUndefined();
  expect(foundIn('control_prompt_ignored', { seg: { control_prompt: 'cars' } })).toEqual([]);
});

test('with guidance 0 the negative prompt has no effect', () => {
  expect(saidIn('negative_prompt_unused', { guidance: 0, negative_prompt: 'rain' })).toEqual([
    'info negative_prompt: with guidance 0, negative_prompt has no effect',
  ]);
  expect(foundIn('negative_prompt_unused', { guidance: 1, negative_prompt: 'rain' })).toEqual([]);
  expect(foundIn('negative_prompt_unused', { guidance: 0 })).toEqual([]);
});
