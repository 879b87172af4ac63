import path from 'node:path';
import { expect, test } from 'vitest';
import { fileUrl } from '../../../daemon/media/input.js';

const deep = 'shot_with_a_long_name\\'.repeat(15);

test.each([
  ['D:\\renders\\a.exr', 'file:D:\\renders\\a.exr'],
  [`D:\\${deep}a.exr`, `file:\\\\?\\D:\\${deep}a.exr`],
  [`\\\\nas\\shots\\${deep}a.exr`, `file:\\\\?\\UNC\\nas\\shots\\${deep}a.exr`],
])('on Windows %s is given to ffmpeg as %s', (file, url) => {
  expect(fileUrl(file, path.win32)).toBe(url);
});

test('elsewhere a long path is as good as a short one', () => {
  const file = `/renders/${'shot/'.repeat(100)}a:b.exr`;
  expect(fileUrl(file, path.posix)).toBe(`file:${file}`);
});
