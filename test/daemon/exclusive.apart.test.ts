import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { linkExclusive } from '../../daemon/exclusive.js';
import { tempDir } from '../support/tmp.js';

/** What the file system answers to a hard link; empty = it makes one. */
const answer = vi.hoisted(() => ({ code: '' }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const linkSync: typeof real.linkSync = (from, to) => {
    if (answer.code !== '') throw Object.assign(new Error(answer.code), { code: answer.code });
    real.linkSync(from, to);
  };
  return { ...real, linkSync };
});

test.each([
  ['', 'a disk with hard links'],
  ['EPERM', 'exFAT on Linux'],
  ['EISDIR', 'exFAT on Windows'],
  ['ENOTSUP', 'a share'],
])('%s (%s): the file gets its name whole, and only once', (code) => {
  answer.code = code;
  const folder = tempDir();
  const [draft, file] = [path.join(folder, '.draft'), path.join(folder, 'street_aug.mp4')];
  writeFileSync(draft, 'frames');
  expect(linkExclusive(draft, file)).toBe(true);
  writeFileSync(draft + 2, 'other');
  expect(linkExclusive(draft + 2, file)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('frames');
  expect(readdirSync(folder).sort()).toEqual(['.draft', '.draft2', 'street_aug.mp4']);
});

test('whatever else is wrong is told', () => {
  answer.code = 'ENOSPC';
  const file = path.join(tempDir(), 'a');
  expect(() => linkExclusive(file, `${file}2`)).toThrow('ENOSPC');
});
