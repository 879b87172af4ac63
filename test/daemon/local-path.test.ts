import path from 'node:path';
import { expect, test } from 'vitest';
import { isInside, isSamePath, pathKey } from '../../daemon/local-path.js';

test.each([
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/a/..b', '/a', true],
  ['/ab', '/a', false],
  ['/', '/a', false],
  ['/A/b', '/a', false],
])('%s inside %s: %s', (target, folder, inside) => {
  expect(isInside(target, folder, path.posix)).toBe(inside);
});

test.each([
  ['D:\\renders\\street', 'D:\\renders', true],
  ['d:\\RENDERS\\street', 'D:\\Renders', true],
  ['D:/renders/street', 'D:\\renders', true],
  ['D:\\renders', 'D:\\renders\\', true],
  ['D:\\renders', 'D:\\', true],
  ['D:\\renders\\..b', 'D:\\renders', true],
  ['D:\\renders2', 'D:\\renders', false],
  ['D:\\renders\\..\\secret', 'D:\\renders', false],
  ['C:\\renders\\a', 'D:\\renders', false],
  ['\\\\nas\\Shots\\a', '\\\\NAS\\shots', true],
  ['\\\\nas\\other\\a', '\\\\nas\\shots', false],
  ['\\\\nas\\shots\\a', 'D:\\', false],
  ['D:\\a', '\\\\nas\\shots', false],
])('on Windows %s inside %s: %s', (target, folder, inside) => {
  expect(isInside(target, folder, path.win32)).toBe(inside);
});

test('one path in several spellings, and one name that only Windows takes for another', () => {
  expect(isSamePath('D:\\Renders\\Street\\', 'd:/renders/street', path.win32)).toBe(true);
  expect(isSamePath('/renders/Street', '/renders/street', path.posix)).toBe(false);
  expect(pathKey('D:\\Renders/Street', path.win32)).toBe(pathKey('d:\\renders\\street', path.win32));
  expect(pathKey('/renders/Street', path.posix)).not.toBe(pathKey('/renders/street', path.posix));
});
