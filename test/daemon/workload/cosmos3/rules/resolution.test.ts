import { expect, test } from 'vitest';
import { BARE, GOOD, repaired, said } from './transfer.js';

const say = (resolution: string, model?: string) =>
  said('resolution_untrained', { ...GOOD, resolution }, { run: model === undefined ? {} : { model } });

test('each model was trained with certain tiers', () => {
  expect(say('720', 'Cosmos3-Edge')).toEqual([
    'warning resolution: Cosmos3-Edge was not trained for resolution "720": quality may suffer',
  ]);
  expect(say('480', 'Cosmos3-Edge')).toEqual([]);
  expect(say('768', 'Cosmos3-Nano')).toHaveLength(1);
  for (const model of ['Cosmos3-Nano', '/models/Cosmos3-Super/']) expect(say('720', model)).toEqual([]);
});

test('without a model only the tiers of no model are named', () => {
  expect(say('720')).toEqual([]);
  expect(say('768')).toEqual([
    'warning resolution: no model was trained for videos of resolution "768": quality may suffer',
  ]);
  expect(say('704')[0]).toContain('a host with COSMOS_TRAINING=0 refuses it');
});

test('images of 768 are for Super', () => {
  const image = { ...BARE, depth: { control_path: 'depth.png' }, num_frames: 1, resolution: '768' };
  expect(said('resolution_untrained', image, { run: { model: 'Cosmos3-Super' } })).toEqual([]);
  expect(said('resolution_untrained', image, { run: { model: 'Cosmos3-Nano' } })).toHaveLength(1);
});

test('an image made from an image has no default resolution', () => {
  const spec = { ...GOOD, vision_path: 'color.png', depth: { control_path: 'depth.png' }, num_frames: 1 };
  expect(said('resolution_missing', spec)).toEqual([
    'error : resolution is not set, and an image made from an image has no default for it: the run would stop',
  ]);
  expect(repaired('resolution_missing', spec)).toEqual({ ...spec, resolution: '720' });
  expect(repaired('resolution_missing', spec, { run: { model: 'Cosmos3-Edge' } })).toMatchObject({ resolution: '480' });
  expect(said('resolution_missing', { ...spec, resolution: '480' })).toEqual([]);
  expect(said('resolution_missing', { ...spec, model_mode: 'video2video' })).toEqual([]);
});
