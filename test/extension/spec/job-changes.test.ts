import { expect, test } from 'vitest';
import { jobChanges } from '../../../extension/src/spec/job-changes.js';
import { JobOptions } from '../../../schemas/index.js';

const spec = {
  name: 'lot',
  prompt: 'A street',
  video_path: 'inputs/color.mp4',
  seed: 1,
  depth: { control_path: 'inputs/depth.mp4', control_weight: 0.5 },
};

function changed(change: object) {
  return JobOptions.parse(jobChanges(spec, { ...spec, ...change }));
}

test('only what differs becomes an option', () => {
  expect(jobChanges(spec, structuredClone(spec))).toEqual({});
  expect(changed({ prompt: 'A wet street', seed: 2 })).toEqual({ prompt: 'A wet street', set: { seed: 2 } });
});

test('controls: a weight, another field, taken away, added', () => {
  expect(changed({ depth: { ...spec.depth, control_weight: 0.9 } })).toEqual({ weights: { depth: 0.9 } });
  expect(changed({ depth: { ...spec.depth, mask_path: 'm.mp4' } })).toEqual({ set: { 'depth.mask_path': 'm.mp4' } });
  const { depth: _, ...without } = spec;
  expect(jobChanges(spec, without)).toEqual({ weights: { depth: 'off' } });
  expect(changed({ edge: {} })).toEqual({ weights: { edge: 1 } });
  expect(changed({ vis: { control_weight: 0.2, preset_blur_strength: 'low' } })).toEqual({
    ...{ weights: { vis: 0.2 }, set: { 'vis.preset_blur_strength': 'low' } },
  });
});

test('cosmos3 calls vis blur', () => {
  const cosmos3 = { vision_path: 'inputs/color.mp4', blur: { weight: 1 } };
  expect(jobChanges(cosmos3, { ...cosmos3, blur: { weight: 0.3 } })).toEqual({ weights: { vis: 0.3 } });
});

test('what a job cannot take is refused with a sentence', () => {
  const { seed: _, ...without } = spec;
  expect(() => jobChanges(spec, without)).toThrow('"seed" cannot be taken out of a job');
  expect(() => changed({ name: 'other' })).toThrow('The name of a job stays');
  expect(() => changed({ depth: 1 })).toThrow('"depth" has to be an object');
});
