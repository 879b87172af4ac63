import { expect, test } from 'vitest';
import { BARE, GOOD, issues, repaired, said } from './transfer.js';

test('a seed is asked for, and 2025 is as good as another', () => {
  const { seed: _, ...rest } = GOOD;
  expect(issues('seed_missing', rest)).toMatchObject([
    {
      severity: 'error',
      path: ['seed'],
      message: 'there is no seed: every run draws another one, so this result could not be made again',
      fix: 'Write "seed": 2025, or another whole number.',
    },
  ]);
  expect(repaired('seed_missing', rest)).toEqual({ ...rest, seed: 2025 });
  expect(repaired('seed_missing', { ...GOOD, seed: null })).toEqual({ ...GOOD, seed: 2025 });
  for (const seed of [0, -5, 'wrong']) expect(said('seed_missing', { ...GOOD, seed })).toEqual([]);
});

test('pickle_file runs programs, also where it is not there', () => {
  const sentence = 'error pickle_file: pickle_file can run any program on the host when it is read, and is never sent';
  expect(said('pickle_runs_code', { ...GOOD, pickle_file: 'data.pkl' })).toEqual([sentence]);
  expect(said('pickle_runs_code', { ...GOOD, depth: undefined, pickle_file: 'data.pkl' })).toEqual([sentence]);
  expect(said('pickle_runs_code', { ...GOOD, pickle_file: null })).toEqual([]);
});

test('controls and result share their times', () => {
  expect(said('temporal_positions_apart', { ...GOOD, share_vision_temporal_positions: false })).toEqual([
    'warning share_vision_temporal_positions: share_vision_temporal_positions is false: the video may drift away from its controls in time',
  ]);
  expect(said('temporal_positions_apart', { ...GOOD, share_vision_temporal_positions: true })).toEqual([]);
});

test('show_input needs an input', () => {
  expect(said('show_input_unused', { ...BARE, show_input: true })).toEqual([
    'warning show_input: show_input has no effect: there is no vision_path to show',
  ]);
  expect(said('show_input_unused', { ...GOOD, show_input: true })).toEqual([]);
});
