import { expect, test } from 'vitest';
import { GOOD, issues, said } from './transfer.js';

test.each([
  ['tensors_file', 'data.safetensors', 'a transfer reads no tensors'],
  ['sound_path', 'rain.wav', 'a transfer takes no sound'],
  ['action_path', 'moves.json', 'it belongs to jobs with robots'],
  ['temperature', 0.5, 'it belongs to the reasoner'],
  ['condition_video_keep', 'last', 'a transfer takes frames of the colour video by num_first_chunk_conditional_frames'],
  ['sigma_max', 80, 'only the EDM sampler knows it, and the default is UniPC'],
  ['prompt_upsampling', true, 'a transfer takes the prompt as it is'],
  ['prompt_upsampler_seed', 1, 'a transfer takes the prompt as it is'],
])('%s has no effect', (key, value, why) => {
  expect(said('field_unused', { ...GOOD, [key]: value })).toEqual([`warning ${key}: ${key} has no effect: ${why}`]);
  expect(issues('field_unused', { ...GOOD, [key]: value })[0]?.edits).toBeUndefined();
  expect(said('field_unused', { ...GOOD, [key]: null })).toEqual([]);
});

test('what is switched off needs no word', () => {
  expect(said('field_unused', { ...GOOD, prompt_upsampling: false, extra: { shot: 12 } })).toEqual([]);
});

test('output_dir is overwritten', () => {
  expect(said('output_dir_unused', { ...GOOD, output_dir: 'out' })).toEqual([
    'info output_dir: output_dir out is overwritten: the run has a folder of its own',
  ]);
});
