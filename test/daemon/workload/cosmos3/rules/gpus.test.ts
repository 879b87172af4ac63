import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { GOOD, said } from './transfer.js';

test.each([3, 5, 7])('%d GPUs cannot be shared out', (gpus) => {
  expect(said('gpus_odd', GOOD, { run: { gpus } })).toEqual([
    `error : ${gpus} GPUs cannot be shared out: prompt and controls take two halves`,
  ]);
});

test.each([1, 2, 4, 6, 8])('%d can', (gpus) => {
  expect(said('gpus_odd', GOOD, { run: { gpus } })).toEqual([]);
});

test('Super needs four GPUs of 80 GB', () => {
  const on = (gpus: number, model = 'Cosmos3-Super') => said('gpus_too_few', GOOD, { run: { gpus, model } });
  expect(on(1)).toEqual([
    'warning : Cosmos3-Super does not fit on one GPU of 80 GB: it needs 128 GB for its weights alone',
  ]);
  expect(on(2)).toHaveLength(1);
  expect(on(4)).toEqual([]);
  expect(on(1, 'Cosmos3-Nano')).toEqual([]);
});

test('specialists are no models for transfers', () => {
  const on = (model: string) => said('model_no_transfer', GOOD, { run: { model } });
  expect(on('Cosmos3-Super-Image2Video')).toEqual(['error : Cosmos3-Super-Image2Video is not made for controls']);
  expect(on('/models/Cosmos3-Super-Text2Image-4Step')).toHaveLength(1);
  for (const model of ['Cosmos3-Super', 'Cosmos3-Nano', 'Cosmos3-Nano-Sim-Transfer', 'own']) {
    expect(on(model)).toEqual([]);
  }
});

test('Edge was trained with 50 to 150 frames at once', () => {
  const run = { model: 'Cosmos3-Edge' };
  const chunk = (frames: number) => ({ ...GOOD, resolution: '480', num_video_frames_per_chunk: frames });
  expect(said('edge_model_length', chunk(189), { run })).toEqual([
    'warning num_video_frames_per_chunk: Cosmos3-Edge makes 189 frames at once and was trained with 50 to 150',
  ]);
  expect(said('edge_model_length', chunk(49), { run })).toHaveLength(1);
  expect(said('edge_model_length', chunk(149), { run, media: { 'depth.mp4': media(400) } })).toEqual([]);
  expect(said('edge_model_length', chunk(189))).toEqual([]);
});
