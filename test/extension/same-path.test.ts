import path from 'node:path';
import { expect, test } from 'vitest';
import { isSamePath } from '../../extension/src/same-path.js';

test('VS Code writes drive letters small, and the daemon large', () => {
  expect(isSamePath('d:\\renders\\street.cosmos.json', 'D:\\Renders\\street.cosmos.json', path.win32)).toBe(true);
  expect(isSamePath('D:\\renders\\street', 'D:\\renders\\street2', path.win32)).toBe(false);
  expect(isSamePath('/renders/street', '/renders/Street', path.posix)).toBe(false);
});
