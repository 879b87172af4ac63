import { expect, test } from 'vitest';
import { checkSpec } from '../../../../daemon/workload/dialects/check.js';
import { stagedFacts } from '../../../../daemon/workload/dialects/surroundings.js';
import { compileSpec, type SpecRequest } from '../../../../daemon/workload/transfer/compile.js';
import { resolveSettings } from '../../../../daemon/workload/transfer/settings.js';
import type { JobOptions } from '../../../../schemas/index.js';
import { choices } from '../../../support/choices.js';

function request(options: JobOptions = {}, changes: Partial<SpecRequest> = {}): SpecRequest {
  return {
    settings: resolveSettings(choices({ options: { prompt: 'Rain', ...options } })),
    dialect: 'transfer2.5',
    passes: ['color', 'depth', 'seg', 'edge'],
    size: { width: 960, height: 720 },
    base: null,
    ...changes,
  };
}

function compiled(options?: JobOptions, changes?: Partial<SpecRequest>) {
  const spec = compileSpec(request(options, changes));
  const inputs = new Set(spec.inputs.map(({ path }) => path));
  const facts = stagedFacts(inputs, new Map());
  return {
    ...spec,
    report: checkSpec('/s/spec.json', spec.text, { engine: changes?.dialect ?? 'transfer2.5', facts }),
  };
}

test('transfer2.5: every pass becomes a control, weights share 1', () => {
  const { object, report, hints, text } = compiled({ seed: 4 });
  expect(object).toEqual({
    name: 'lot',
    prompt: 'Rain',
    video_path: 'inputs/color.mp4',
    edge: { control_path: 'inputs/edge.mp4', control_weight: 0.33 },
    depth: { control_path: 'inputs/depth.mp4', control_weight: 0.33 },
    seg: { control_path: 'inputs/seg.mp4', control_weight: 0.33 },
    seed: 4,
  });
  expect(report.issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
  expect(hints).toEqual(['depth', 'edge', 'seg']);
  expect(text).toBe(compiled({ seed: 4 }).text);
});

test('cosmos3: its own names, shape and guidance', () => {
  const { object, report } = compiled({ weights: { vis: 0.4, seg: 'off', edge: 'off' } }, { dialect: 'cosmos3' });
  expect(object).toMatchObject({
    model_mode: 'video2video',
    vision_path: 'inputs/color.mp4',
    aspect_ratio: '4,3',
    depth: { control_path: 'inputs/depth.mp4', weight: 0.5 },
    blur: { weight: 0.4 },
    control_guidance: 1.5,
    seed: 2025,
  });
  expect(report.issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

test('off removes a control, a lone control gets 1', () => {
  const { object } = compiled({ weights: { edge: 'off', seg: 'off' } });
  expect(object).not.toHaveProperty('edge');
  expect(object.depth).toEqual({ control_path: 'inputs/depth.mp4', control_weight: 1 });
});

test('a clip with colour alone follows its edges', () => {
  const { object, report, inputs } = compiled({}, { passes: ['color'] });
  expect(object.edge).toEqual({ control_weight: 1 });
  expect(report.ok).toBe(true);
  expect(inputs).toEqual([{ path: 'inputs/color.mp4', from: { kind: 'pass', pass: 'color' } }]);
});

test('everything off is said by the check', () => {
  const { report } = compiled({ weights: { edge: 'off', depth: 'off', seg: 'off' } });
  expect(report.issues.map(({ message }) => message)).toEqual([
    'there is no control in this spec, and it must have at least one of edge, depth, vis and seg',
  ]);
});

test('set goes over everything, also into a block', () => {
  const { object } = compiled({ set: { guidance: 5, 'edge.preset_edge_threshold': 'low', prompt: 'Snow' } });
  expect(object).toMatchObject({
    guidance: 5,
    prompt: 'Snow',
    edge: { control_weight: 0.33, preset_edge_threshold: 'low' },
  });
});

test('a hand-written spec is followed; its files are gathered, our own paths stand for the passes', () => {
  const base = {
    name: 'mine',
    prompt_path: 'prompt.txt',
    video_path: 'inputs/color.mp4',
    edge: { control_path: '../masks/My Edge.MOV', mask_path: 'm.mp4' },
    seg: { control_weight: 0.2 },
    guidance: 2,
  };
  const { object, inputs } = compiled({ weights: { seg: 'off' } }, { base, passes: ['color'] });
  expect(object).toEqual({
    name: 'lot',
    prompt: 'Rain',
    video_path: 'inputs/color.mp4',
    edge: { control_path: 'inputs/edge.mov', mask_path: 'inputs/edge_mask.mp4' },
    guidance: 2,
    seed: 2025,
  });
  expect(inputs.map(({ from }) => from)).toEqual([
    { kind: 'pass', pass: 'color' },
    { kind: 'file', file: '../masks/My Edge.MOV' },
    { kind: 'file', file: 'm.mp4' },
  ]);
});
