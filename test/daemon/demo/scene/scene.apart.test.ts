import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Passes } from '../../../../daemon/demo/scene/passes.js';
import { Scene } from '../../../../daemon/demo/scene/scene.js';
import { PART_NAMES, PARTS } from '../../../../daemon/demo/scene/surface.js';

const SMALL = { frames: 48, width: 160, height: 90 };
const seven = new Scene({ seed: 7, ...SMALL });

const fingerprint = (passes: Passes) => {
  const hash = createHash('sha256');
  for (const values of [passes.color, passes.depth, passes.seg, passes.edge]) hash.update(values);
  return hash.digest('hex');
};

test('the same seed gives the same frames to the last bit, another seed another city', () => {
  const frame = fingerprint(seven.render(10));
  expect(fingerprint(new Scene({ seed: 7, ...SMALL }).render(10))).toBe(frame);
  expect(fingerprint(new Scene({ seed: 8, ...SMALL }).render(10))).not.toBe(frame);
});

test('a frame does not depend on the frames before it', () => {
  const first = fingerprint(seven.render(1));
  seven.render(48);
  expect(fingerprint(seven.render(1))).toBe(first);
});

test('one look down the street shows every kind of thing, and the camera moves', () => {
  const { seg, depth } = seven.render(1);
  const colours = new Set<string>();
  for (let i = 0; i < seg.length; i += 3) colours.add(seg.subarray(i, i + 3).join());
  const seen = PART_NAMES.filter((part) => colours.has(PARTS[part].join()));
  expect(seen).toEqual(PART_NAMES);
  expect(depth).not.toEqual(seven.render(48).depth);
});

test('the picture is neither black nor burnt out', () => {
  const { color } = seven.render(24);
  const mean = color.reduce((sum, value) => sum + value, 0) / color.length;
  expect(mean).toBeGreaterThan(60);
  expect(mean).toBeLessThan(170);
});
