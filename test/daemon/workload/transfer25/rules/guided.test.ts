import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

const guided = (mask: string, more = {}) => ({ guided_generation_mask: mask, ...more });

test.each(['keep.MP4', 'keep.mov', 'keep.png', 'keep'])('the mask "%s" passes and then fails', (mask) => {
  expect(foundIn('guided_mask_format', guided(mask))).toMatchObject([
    { severity: 'error', path: ['guided_generation_mask'] },
  ]);
});

test('so does a folder; .mp4 and .npz do not', () => {
  const facts = { entry: (named: string) => (named === 'masks' ? ('folder' as const) : ('file' as const)) };
  expect(saidIn('guided_mask_format', guided('masks'), { facts })).toEqual([
    'error guided_generation_mask: guided_generation_mask is a folder; only .mp4 and .npz files, in small letters, are read',
  ]);
  for (const mask of ['keep.mp4', 'keep.npz']) expect(foundIn('guided_mask_format', guided(mask))).toEqual([]);
});

test('labels count beside .npz only, and not when there are none', () => {
  const labels = (...list: number[]) => ({ guided_generation_foreground_labels: list });
  expect(foundIn('guided_labels', guided('keep.mp4', labels(1)))).toMatchObject([
    { severity: 'warning', message: 'labels have no effect beside an .mp4 mask', edits: [{ text: '' }] },
  ]);
  expect(saidIn('guided_labels', guided('keep.npz', labels()))).toEqual([
    'error guided_generation_foreground_labels: the list of foreground labels is empty: the run stops when it reads the mask',
  ]);
  expect(foundIn('guided_labels', guided('keep.npz', labels(1)))).toEqual([]);
  expect(foundIn('guided_labels', guided('keep.mp4'))).toEqual([]);
});

test('a threshold of all steps, or of none, is told', () => {
  const steps = (last: number) => guided('keep.mp4', { guided_generation_step_threshold: last, num_steps: 20 });
  const head = 'guided_generation_step_threshold: guided_generation_step_threshold is';
  expect(saidIn('guided_steps', steps(19))).toEqual([
    `info ${head} 19 and there are 20 steps: the mask holds in every step`,
  ]);
  expect(saidIn('guided_steps', steps(-1))).toEqual([`warning ${head} -1: the mask is never used`]);
  expect(foundIn('guided_steps', steps(18))).toEqual([]);
  expect(foundIn('guided_steps', steps(0))).toEqual([]);
  expect(foundIn('guided_steps', guided('keep.mp4'))).toEqual([]);
});

test('settings without a mask have no effect', () => {
  const both = { guided_generation_step_threshold: 10, guided_generation_foreground_labels: [1] };
  expect(saidIn('guided_unused', both)).toEqual([
    'warning guided_generation_step_threshold: guided_generation_step_threshold has no effect without guided_generation_mask',
    'warning guided_generation_foreground_labels: guided_generation_foreground_labels has no effect without guided_generation_mask',
  ]);
  expect(foundIn('guided_unused', guided('keep.npz', both))).toEqual([]);
  // A mask that NVIDIA refuses is still meant to be there.
  expect(foundIn('guided_unused', guided('gone.npz', both), { facts: { entry: () => 'none' } })).toEqual([]);
  expect(foundIn('guided_unused', { guided_generation_foreground_labels: null })).toEqual([]);
});
