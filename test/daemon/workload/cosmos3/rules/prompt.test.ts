import { expect, test } from 'vitest';
import { GOOD, issues, repaired, said } from './transfer.js';

const bare = { ...GOOD, prompt: undefined };

test('an empty prompt leaves the look to chance', () => {
  const tail = 'the look of the video is left to chance';
  expect(said('prompt_missing', bare)).toEqual([`warning : there is no prompt: ${tail}`]);
  expect(said('prompt_missing', { ...GOOD, prompt: ' \n' })).toEqual([
    `warning prompt: the text of prompt is empty: ${tail}`,
  ]);
  const spec = { ...bare, prompt_path: 'prompt.txt' };
  expect(said('prompt_missing', spec, { facts: { text: () => '' } })).toEqual([
    `warning prompt_path: the text of prompt_path is empty: ${tail}`,
  ]);
  expect(said('prompt_missing', spec)).toEqual([]);
  expect(said('prompt_missing', GOOD)).toEqual([]);
});

test('a prompt that NVIDIA refuses is not called empty', () => {
  expect(said('prompt_missing', { ...GOOD, prompt: 5 })).toEqual([]);
  expect(said('prompt_missing', { ...bare, prompt_path: 'p.txt' }, { facts: { text: () => null } })).toEqual([]);
});

test('measured values of a JSON prompt are replaced', () => {
  expect(said('prompt_metadata_overwritten', { ...GOOD, prompt: '{"fps": 24, "duration": "4s"}' })).toEqual([
    'info prompt: duration, fps in the prompt are replaced by the real values of the video',
  ]);
  expect(said('prompt_metadata_overwritten', { ...GOOD, prompt: '{"subjects": []}' })).toEqual([]);
  expect(said('prompt_metadata_overwritten', { ...GOOD, prompt: '{fps} of a street' })).toEqual([]);
});

test('negative_prompt_file is never read', () => {
  const [issue] = issues('negative_prompt_file_unused', { ...GOOD, negative_prompt_file: 'neg.json' });
  expect(issue).toMatchObject({
    severity: 'error',
    path: ['negative_prompt_file'],
    message: 'negative_prompt_file is never read: the built-in negative prompt is used',
    fix: 'Write the text itself as negative_prompt and remove the file.',
  });
  expect(issue?.edits).toBeUndefined();
  expect(said('negative_prompt_file_unused', { ...GOOD, negative_prompt: 'blur' })).toEqual([]);
});

test('negative_metadata_mode none needs its partner', () => {
  const none = { ...GOOD, negative_metadata_mode: 'none' };
  expect(said('negative_metadata_kept', none)).toEqual([
    'warning negative_metadata_mode: negative_metadata_mode "none" becomes "same": negative_prompt_keep_metadata is not set, which means true',
  ]);
  expect(repaired('negative_metadata_kept', none)).toEqual({ ...none, negative_prompt_keep_metadata: false });
  const contradiction = { ...none, negative_prompt_keep_metadata: true };
  expect(issues('negative_metadata_kept', contradiction)[0]).toMatchObject({ severity: 'warning' });
  expect(issues('negative_metadata_kept', contradiction)[0]?.edits).toBeUndefined();
  expect(said('negative_metadata_kept', { ...none, negative_prompt_keep_metadata: false })).toEqual([]);
  expect(said('negative_metadata_kept', { ...GOOD, negative_metadata_mode: 'inverse' })).toEqual([]);
});
