import { expect, test } from 'vitest';
import { media } from '../../../../support/spec-check.js';
import { foundIn, saidIn } from './good-spec.js';

const run = { model: 'edge/distilled' };

test('the distilled model is refused before it costs anything', () => {
  const [issue] = foundIn('distilled_broken', {}, { run });
  expect(issue).toMatchObject({
    severity: 'error',
    path: [],
    message: 'the model edge/distilled does not run: a class it needs is missing from the released code',
  });
  expect(issue?.fix).toContain('COSMOS_EXPERIMENTAL_CHECKPOINTS=1');
  expect(foundIn('distilled_broken', {}, { run: { model: 'edge' } })).toEqual([]);
});

test('its limits are told one by one', () => {
  const options = { run, media: { 'color.mp4': media(94) } };
  expect(saidIn('distilled_limits', { num_steps: 35, depth: {} }, options)).toEqual([
    'error video_path: the video has 94 frames; the model edge/distilled makes 93 at most',
    'error num_steps: num_steps is 35; the model edge/distilled is made for 4',
    'error depth: the model edge/distilled knows edge only, not depth',
  ]);
  expect(saidIn('distilled_limits', {}, { run })).toEqual([
    'error num_steps: num_steps is 35; the model edge/distilled is made for 4',
  ]);
});

test('a spec within its limits, or for another model, is silent', () => {
  const options = { run, media: { 'color.mp4': media(93) } };
  expect(foundIn('distilled_limits', { num_steps: 4 }, options)).toEqual([]);
  expect(foundIn('distilled_limits', { depth: {} }, { run: { model: 'edge' } })).toEqual([]);
});
