import { describe, expect, test } from 'vitest';
import { findingsOf, type Measured } from '../../../../daemon/picture/movie/findings.js';
import { holdReason } from '../../../../daemon/submit/hold.js';
import { roleOf } from '../../../../daemon/workload/transfer/roles.js';
import type { PassMeasure } from '../../../../schemas/index.js';
import { draft } from '../../../support/jobs.js';

const lively: PassMeasure = {
  ...{ frames: 24, min: [0], max: [255], commonest: [0], share: 0.3, repeated: 0, blank: 0, read: null, notes: [] },
};
const flat: PassMeasure = { ...lively, min: [0], max: [0], share: 1, repeated: 23, blank: 24 };

function pass(name: string, measure: Partial<PassMeasure>, more: Partial<Measured> = {}): Measured {
  const place = { pass: name, input: `inputs/${name}.mp4`, source: `${name}.####.png`, isUsed: true };
  return { ...place, ...more, measure: { ...lively, ...measure } };
}

function finding(name: string, measure: Partial<PassMeasure>, more: Partial<Measured> = {}) {
  return findingsOf([pass(name, measure, more)])[0]?.finding;
}

describe('a pass that says nothing', () => {
  test.each([
    [
      'depth',
      { ...flat, read: { least: 0, most: 0 } },
      'depth: every pixel of all 24 frames is 0; depth.####.png was read as 0 to 0',
    ],
    ['color', { ...flat, frames: 1 }, 'color: every pixel of its one frame is 0 (color.####.png)'],
    [
      'seg',
      { ...flat, commonest: [255, 0, 8] },
      'seg: every pixel of all 24 frames is the colour (255, 0, 8) (seg.####.png)',
    ],
    ['depth', { share: 0.99904 }, 'depth: 99.9 % of the pixels of all 24 frames are 0 (depth.####.png)'],
    ['depth', { share: 0.99999 }, 'depth: 99.99 % of the pixels of all 24 frames are 0 (depth.####.png)'],
    [
      'vis',
      { min: [9, 20, 7], max: [11, 22, 8], commonest: [10, 20, 7] },
      'vis: the pixels of all 24 frames differ from the colour (10, 20, 7) by no more than 2 of 255 (vis.####.png)',
    ],
    ['depth', { blank: 24 }, 'depth: each of its 24 frames is one flat colour (depth.####.png)'],
    ['edge', { share: 0.99995 }, 'edge: 99.99 % of the pixels of all 24 frames are 0 (edge.####.png)'],
  ])('%s %o', (name, measure, sentence) => {
    expect(finding(name, measure)).toBe(sentence);
  });

  test('a layer is named', () => {
    expect(finding('depth', { ...flat, read: { least: 0, most: 0 } }, { source: 'layer depth of shot.####.exr' })).toBe(
      'depth: every pixel of all 24 frames is 0; layer depth of shot.####.exr was read as 0 to 0',
    );
  });
});

test.each([
  ['depth', { share: 0.9989 }],
  ['edge', { share: 0.9998 }],
  ['seg', { min: [0, 0, 0], max: [0, 3, 0] }],
  ['depth', { repeated: 23 }],
  ['color', { blank: 23 }],
])('%s %o says something', (name, measure) => {
  expect(finding(name, measure)).toBeNull();
});

test('a control without weight may be flat', () => {
  expect(finding('depth', flat, { isUsed: false })).toBeNull();
});

test('a pass that stands still is told where another one moves, and blank frames are', () => {
  const still = { repeated: 23 };
  const notes = (...all: Measured[]) => findingsOf(all).map((one) => one.notes.join());
  expect(notes(pass('color', {}), pass('depth', still))).toEqual(['', 'All 24 frames are equal, while color changes.']);
  expect(notes(pass('color', still), pass('depth', still))).toEqual(['', '']);
  expect(notes(pass('color', { blank: 1 }))).toEqual(['1 of 24 frames is one flat colour.']);
});

describe('the job is held', () => {
  const settings = draft().settings;
  const passes = findingsOf([pass('color', {}), pass('depth', flat), pass('seg', flat)]);

  test('with each pass and what to do', () => {
    expect(holdReason(settings, 0, passes)).toBe(
      'depth: every pixel of all 24 frames is 0 (depth.####.png). seg: every pixel of all 24 frames is 0 ' +
        '(seg.####.png). Look at the export, or release the job as it is (`cosmos job release`).',
    );
    expect(holdReason(settings, 0, passes.slice(0, 1))).toBeNull();
  });

  test('unless flat passes are allowed', () => {
    expect(holdReason({ ...settings, allowFlat: true }, 0, passes)).toBeNull();
  });

  test('for all its reasons at once: one release is enough', () => {
    const template = { ...settings, engine: 'transfer2.5', promptSource: 'template' } as const;
    expect(holdReason(template, 0, passes)).toMatch(/^depth: .* seg: .*cosmos job release`\)\. Template prompt/);
  });
});

test('which input is what to the model', () => {
  const object = {
    video_path: 'inputs/color.mp4',
    image_context_path: 'inputs/image.png',
    depth: { control_path: 'inputs/depth.mp4', control_weight: 0, mask_path: 'inputs/depth_mask.mp4' },
    edge: { control_path: 'inputs/edge.mp4' },
  };
  const role = (input: string) => roleOf(input, 'transfer2.5', { object, dialect: 'transfer2.5' });
  expect(role('inputs/color.mp4')).toEqual({ pass: 'color', isUsed: true });
  expect(role('inputs/edge.mp4')).toEqual({ pass: 'edge', isUsed: true });
  expect(role('inputs/depth.mp4')).toEqual({ pass: 'depth', isUsed: false });
  expect(role('inputs/depth_mask.mp4')).toBeUndefined();
  expect(role('inputs/image.png')).toBeUndefined();
  const blur = { vision_path: 'inputs/color.mp4', blur: { control_path: 'inputs/vis.mp4', weight: 0 } };
  // Cosmos 3 scales weights to a sum of 1, so that its only control acts whatever is written.
  expect(roleOf('inputs/vis.mp4', 'cosmos3', { object: blur, dialect: 'cosmos3' })).toEqual({
    pass: 'vis',
    isUsed: true,
  });
});
