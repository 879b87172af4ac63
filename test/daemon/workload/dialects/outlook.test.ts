import { expect, test } from 'vitest';
import { outlookOf } from '../../../../daemon/workload/dialects/outlook.js';
import { folderFacts } from '../../../../daemon/workload/dialects/surroundings.js';
import { estimateSpec } from '../../../../daemon/workload/nvidia/estimate-spec.js';
import { goodCosmos3, goodTransfer25, lines } from '../../../support/good-specs.js';
import { type MediaOf, media } from '../../../support/spec-check.js';

function outlook(spec: object | string, known: MediaOf = {}, file = 'spec.json') {
  const text = typeof spec === 'string' ? spec : JSON.stringify(spec, null, 2);
  const facts = { ...folderFacts(`/clips/${file}`), entry: () => 'file' as const, media: (one: string) => known[one] };
  return outlookOf(`/clips/${file}`, text, { engine: undefined, facts }, (one) => estimateSpec(one, 'h100', 3));
}

const street = { 'color.mp4': media(121), 'depth.mp4': media(121) };

test('transfer2.5: chunks, time and price stand at the field that sets the length', () => {
  const [whole] = outlook(goodTransfer25, street);
  expect(whole?.cost).toMatchObject({ line: 4, estimate: { frames: 121, chunks: 2, seconds: expect.any(Number) } });
  const [cut] = outlook({ max_frames: 93, ...goodTransfer25 }, street);
  expect(cut?.cost).toMatchObject({ line: 2, estimate: { chunks: 1 } });
});

test('a length that nobody knows costs nothing that could be told, unless max_frames says the most', () => {
  expect(outlook(goodTransfer25)[0]?.cost).toBeNull();
  expect(outlook({ ...goodTransfer25, max_frames: 186 })[0]?.cost?.estimate).toMatchObject({ frames: 186, chunks: 3 });
});

test('transfer2.5: weights act as written, and are scaled down where a mask is used', () => {
  const two = { ...goodTransfer25, edge: { control_weight: 1 }, depth: { control_path: 'depth.mp4' } };
  expect(outlook(two)[0]?.weights).toMatchObject([
    { hint: 'edge', written: 1, effective: 1 },
    { hint: 'depth', written: null, effective: 1 },
  ]);
  const masked = { ...two, edge: { control_weight: 1, mask_path: 'mask.mp4' } };
  expect(outlook(masked)[0]?.weights.map(({ effective }) => effective)).toEqual([0.5, 0.5]);
});

test('cosmos3: weights are shares, and that of the only control does nothing', () => {
  const one = { ...goodCosmos3, depth: { control_path: 'depth.mp4', weight: 0.3 } };
  expect(outlook(one)[0]?.weights).toMatchObject([{ hint: 'depth', written: 0.3, effective: 1 }]);
  expect(outlook(one)[0]?.weights[0]?.says).toContain('control_guidance (now 1.5)');
  const two = { ...one, edge: { control_path: 'edge.mp4', weight: 0.9 } };
  expect(outlook(two)[0]?.weights.map(({ effective }) => effective)).toEqual([0.75, 0.25]);
});

test('each sample of a file has its own; a text that cannot be read has none', () => {
  const two = outlook(lines(goodTransfer25, { ...goodTransfer25, name: 'other' }), street, 'spec.jsonl');
  expect(two.map(({ line }) => line)).toEqual([1, 2]);
  expect(outlook('{')).toEqual([]);
});

test('wrong weights are for the check to name', () => {
  expect(outlook({ ...goodCosmos3, depth: { control_path: 'depth.mp4', weight: -1 } })[0]?.weights).toEqual([]);
});
