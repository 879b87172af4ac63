import { expect, test } from 'vitest';
import { BARE, GOOD, issues, said } from './transfer.js';

const mode = (model_mode: string, spec: object = GOOD) => said('model_mode_not_transfer', { ...spec, model_mode });

test('other kinds of job do not go with controls', () => {
  expect(mode('reasoner')).toEqual([
    'error model_mode: model_mode "reasoner" answers questions, and this spec has controls to follow',
  ]);
  for (const other of ['wam', 'inverse_dynamics']) expect(mode(other)[0]).toMatch(/^error/);
});

test('a mode of video that would not be chosen is only named', () => {
  expect(mode('text2video')).toEqual([
    'info model_mode: model_mode "text2video" only chooses defaults: the controls make this a transfer',
  ]);
  expect(mode('text2video', BARE)).toEqual([]);
  expect(mode('video2video')).toEqual([]);
  expect(mode('video2video', BARE)).toEqual([]);
});

test('a transfer makes no sound', () => {
  expect(said('sound_with_controls', { ...GOOD, enable_sound: true })).toEqual([
    'error enable_sound: enable_sound is on, and a transfer with control guidance refuses to make sound',
  ]);
  expect(said('sound_with_controls', { ...GOOD, enable_sound: false })).toEqual([]);
});

test('a defaults_file replaces all defaults', () => {
  expect(said('defaults_replaced', { ...GOOD, defaults_file: 'own.json' })).toEqual([
    'warning defaults_file: own.json replaces every built-in default, also those it leaves out: values that are not in the spec are not checked here',
  ]);
  expect(said('defaults_replaced', GOOD)).toEqual([]);
});

test('several videos of one spec are several jobs', () => {
  const [issue] = issues('several_outputs', { ...GOOD, num_outputs: 3 });
  expect(issue).toMatchObject({
    severity: 'error',
    path: ['num_outputs'],
    message: 'num_outputs asks for 3 videos, and a job here makes one',
    fix: expect.stringContaining('--sweep seed=2025,2026,2027:'),
  });
  const [many] = issues('several_outputs', { ...GOOD, num_outputs: 1_000_000 });
  expect(many?.fix).toContain('seed=2025,2026,2027,2028,2029,2030,...:');
  expect(issues('several_outputs', { ...GOOD, seed: undefined, num_outputs: 2 })[0]?.fix).toContain('seed=0,1:');
  expect(said('several_outputs', { ...GOOD, num_outputs: 1 })).toEqual([]);
  expect(said('several_outputs', GOOD)).toEqual([]);
});
