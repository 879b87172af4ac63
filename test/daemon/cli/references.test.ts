import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { absolutePath, clipReference, existingPath, nearestPath } from '../../../daemon/cli/references.js';
import { tempDir } from '../../support/tmp.js';

test('what exists becomes absolute, ids and names stay as they are', () => {
  const folder = tempDir();
  const relative = path.relative(process.cwd(), folder);
  expect(clipReference(relative)).toBe(folder);
  expect(clipReference('shot010-that-is-a-name')).toBe('shot010-that-is-a-name');
});

test('an unknown path names the nearest one', () => {
  const folder = tempDir();
  mkdirSync(path.join(folder, 'shot010'));
  writeFileSync(path.join(folder, 'other.json'), '{}');
  const typed = path.join(folder, 'shot01');
  expect(() => clipReference(typed)).toThrow(`Did you mean ${path.join(folder, 'shot010')}?`);
  expect(() => existingPath(path.join(folder, 'shto010', 'color'))).toThrow(path.join(folder, 'shot010'));
});

test('a wholly different name is not offered', () => {
  const folder = tempDir();
  mkdirSync(path.join(folder, 'shot010'));
  expect(nearestPath(path.join(folder, 'kitchen'))).toEqual([]);
});

test('a path of another system or program is explained, not looked for', () => {
  expect(() => clipReference('D:\\renders\\street')).toThrow('is a path of Windows');
  expect(() => clipReference('$HIP')).toThrow('is known only inside Houdini');
});

test('the home folder', () => {
  expect(absolutePath('~/renders')).toBe(path.join(homedir(), 'renders'));
  expect(() => absolutePath('~backup')).toThrow('only ~ alone, your own home folder, is known');
});
