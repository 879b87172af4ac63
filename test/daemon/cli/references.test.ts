import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { absolutePath, clipReference, existingPath, nearestPath } from '../../../daemon/cli/references.js';
import { tempDir } from '../../support/tmp.js';

test('what exists becomes absolute, ids and names stay as they are', async () => {
  const folder = tempDir();
  const relative = path.relative(process.cwd(), folder);
  expect(await clipReference(relative)).toBe(folder);
  expect(await clipReference('shot010-that-is-a-name')).toBe('shot010-that-is-a-name');
});

test('an unknown path names the nearest one', async () => {
  const folder = tempDir();
  mkdirSync(path.join(folder, 'shot010'));
  writeFileSync(path.join(folder, 'other.json'), '{}');
  const typed = path.join(folder, 'shot01');
  await expect(clipReference(typed)).rejects.toThrow(`Did you mean ${path.join(folder, 'shot010')}?`);
  await expect(existingPath(path.join(folder, 'shto010', 'color'))).rejects.toThrow(path.join(folder, 'shot010'));
});

test('a wholly different name is not offered', async () => {
  const folder = tempDir();
  mkdirSync(path.join(folder, 'shot010'));
  expect(await nearestPath(path.join(folder, 'kitchen'))).toEqual([]);
});

test('a path of another system or program is explained, not looked for', async () => {
  await expect(clipReference('D:\\renders\\street')).rejects.toThrow('is a path of Windows');
  await expect(clipReference('$HIP')).rejects.toThrow('is known only inside Houdini');
});

test('the home folder', async () => {
  expect(absolutePath('~/renders')).toBe(path.join(homedir(), 'renders'));
  expect(() => absolutePath('~backup')).toThrow('only ~ alone, your own home folder, is known');
});
