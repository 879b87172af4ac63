import { expect, test } from 'vitest';
import { z } from 'zod';
import { Cosmos3Spec, Transfer25Spec } from '../../../schemas/index.js';

const minimal = { name: 'a', prompt: 'Rain', video_path: 'a.mp4', edge: {} };

test('transfer2.5 fills in the defaults of NVIDIA', () => {
  expect(Transfer25Spec.parse(minimal)).toMatchObject({
    seed: 2025,
    guidance: 3,
    num_steps: 35,
    resolution: '720',
    num_video_frames_per_chunk: 93,
    num_conditional_frames: 1,
    edge: { control_weight: 1, control_path: null, preset_edge_threshold: 'medium' },
    depth: null,
  });
});

test('the dialects do not take each other for their own', () => {
  const cosmos3 = { name: 'a', vision_path: 'a.mp4', depth: { control_path: 'd.mp4', weight: 0.5 } };
  expect(Cosmos3Spec.safeParse(cosmos3).success).toBe(true);
  expect(Transfer25Spec.safeParse(cosmos3).success).toBe(false);
  expect(Cosmos3Spec.safeParse(minimal).success).toBe(false);
});

test.each([Transfer25Spec, Cosmos3Spec])('every field says what it is', (schema) => {
  const fields = Object.entries(z.toJSONSchema(schema, { io: 'input' }).properties ?? {});
  const silent = fields.filter(([, field]) => typeof field === 'boolean' || field.description === undefined);
  expect(silent.map(([key]) => key)).toEqual([]);
});
