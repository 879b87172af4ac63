import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

test('of a mask and its words, the mask wins', () => {
  expect(saidIn('mask_prompt_ignored', { edge: { mask_path: 'm.mp4', mask_prompt: 'car' } })).toEqual([
    'warning edge.mask_prompt: mask_prompt of edge is ignored: mask_path is used',
  ]);
  expect(foundIn('mask_prompt_ignored', { edge: { mask_path: 'm.mp4', mask_prompt: null } })).toEqual([]);
  expect(foundIn('mask_prompt_ignored', { edge: { mask_path: 'm.mp4' }, depth: { mask_prompt: 'car' } })).toEqual([]);
});

test('what the colours of a mask mean is said once for each', () => {
  expect(saidIn('mask_is_binary', { edge: { mask_path: 'm.mp4' }, depth: {} })).toEqual([
    'info edge.mask_path: edge acts where its mask is white; greys are cut at half to black or white',
  ]);
  expect(foundIn('mask_is_binary', { edge: { mask_prompt: 'car' } })).toEqual([]);
});

test('words for a mask may find nothing', () => {
  expect(saidIn('mask_prompt_may_miss', { depth: { mask_prompt: 'car' } })).toEqual([
    'info depth.mask_prompt: if "car" is not found in the first frame, depth acts everywhere',
  ]);
  expect(foundIn('mask_prompt_may_miss', { depth: { mask_prompt: 'car', mask_path: 'm.mp4' } })).toEqual([]);
});

test.each([{ mask_path: 'm.mp4' }, { mask_prompt: 'car' }])('a mask on vis is advised against: %o', (mask) => {
  expect(foundIn('masked_vis', { vis: mask })).toMatchObject([
    { severity: 'warning', path: ['vis', Object.keys(mask)[0]] },
  ]);
  expect(foundIn('masked_vis', { edge: mask, vis: {} })).toEqual([]);
});
