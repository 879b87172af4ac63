import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

const EMPTY_FILE = { facts: { text: () => ' \n' } };

test('an empty prompt is blocked', () => {
  expect(saidIn('empty_text', { prompt: '' })).toEqual([
    'error prompt: prompt is empty: the safety filter blocks that, and no video is made',
  ]);
  expect(saidIn('empty_text', { negative_prompt: '' })).toEqual([
    'error negative_prompt: negative_prompt is empty: the safety filter blocks that, and no video is made',
  ]);
  expect(foundIn('empty_text', { negative_prompt: 'rain' })).toEqual([]);
  expect(foundIn('empty_text', { prompt: undefined })).toEqual([]); // NVIDIA's own complaint is enough
});

test('on several GPUs it hangs', () => {
  expect(saidIn('empty_text', { prompt: '' }, { run: { gpus: 4 } })).toEqual([
    'error prompt: prompt is empty: the safety filter blocks that, and on 4 GPUs the run hangs',
  ]);
  expect(saidIn('empty_text', { prompt: '' }, { run: { gpus: 1 } })[0]).toContain('and no video is made');
});

test('a prompt file without text is the same', () => {
  const fromFile = { prompt: undefined, prompt_path: 'prompt.txt' };
  expect(saidIn('empty_text', fromFile, EMPTY_FILE)).toEqual([
    'error prompt_path: the file of prompt_path is empty: the safety filter blocks that, and no video is made',
  ]);
  expect(saidIn('empty_text', { ...fromFile, prompt: '' })[0]).toContain('error prompt: prompt is empty');
  expect(foundIn('empty_text', fromFile)).toEqual([]);
});

test('spaces are let through and say nothing', () => {
  expect(saidIn('blank_prompt', { prompt: ' \n ' })).toEqual([
    'warning prompt: the prompt has nothing but spaces in it',
  ]);
  expect(foundIn('empty_text', { prompt: ' ' })).toEqual([]);
  expect(foundIn('blank_prompt', { prompt: 'a' })).toEqual([]);
});

test.each([
  ['A crowd waits at the station', 'crowd'],
  ['Two Women in red coats', 'Women'],
  ['a pedestrian crosses', 'pedestrian'],
  ['no cars, and one man', 'man'],
])('"%s" speaks of people', (prompt, word) => {
  expect(saidIn('faces_pixelated', { prompt })).toEqual([
    `warning prompt: the prompt speaks of "${word}": faces are pixelated in the finished video`,
  ]);
});

test.each([
  'A ruined street without people',
  'A plaza with no pedestrians',
  'A manhole and a mannequin on a deserted road',
  'A man-made canal in no-man-land, a couple of cars',
  'The face of a rock, a workshop, kidney beans',
])('"%s" does not', (prompt) => {
  expect(foundIn('faces_pixelated', { prompt })).toEqual([]);
});

test('people in a prompt file are pointed at where the file is named', () => {
  const options = { facts: { text: () => 'A dancer on a roof' } };
  expect(foundIn('faces_pixelated', { prompt: undefined, prompt_path: 'p.txt' }, options)[0]?.path).toEqual([
    'prompt_path',
  ]);
});
