import { expect, test } from 'vitest';
import { isOwnFile } from '../../../daemon/watch/own-files.js';

test.each([
  'street_aug.mp4',
  'street_aug_2.mp4',
  'street_augmented.mp4',
  'street_preview.mp4',
  'street_preview.json',
  'street_aug_2.json',
  'street_aug_poster.png',
  'street_aug.contact.jpg',
  'street.cosmos.json',
  'cosmos-clip.json',
  'color.0001.png.part',
  'color.0001.png.tmp',
  '.DS_Store',
  'notes.txt~',
])('%s is ours, or not finished', (name) => {
  expect(isOwnFile(name)).toBe(true);
});

test.each([
  'color.0001.png',
  'color.mp4',
  'street.json',
  'street.mp4',
  'prompt.txt',
  'street_august_color.0001.png',
  'street_preview_color.0001.png',
])('%s is an input', (name) => {
  expect(isOwnFile(name)).toBe(false);
});
