import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ContentStore } from '../../../daemon/contents/freeze.js';
import { freshStateDir, frozen } from '../../support/encoder.js';
import { tempDir } from '../../support/tmp.js';

const signal = new AbortController().signal;

test('content is kept once under its hash', async () => {
  const stateDir = freshStateDir();
  const store = new ContentStore(stateDir);
  const file = path.join(tempDir(), 'plate.mp4');
  writeFileSync(file, 'frames');
  const content = await store.freeze(frozen(file), null, signal);
  expect(content).toEqual({ sha256: createHash('sha256').update('frames').digest('hex'), bytes: 6 });
  expect(await store.freeze(frozen(file), null, signal)).toEqual(content);
  expect(readFileSync(stateDir.cas(content.sha256), 'utf8')).toBe('frames');
  expect(readdirSync(stateDir.casRoot)).toEqual([content.sha256.slice(0, 2)]);
});

test('a file that differs from its signature is not kept', async () => {
  const stateDir = freshStateDir();
  const file = path.join(tempDir(), 'plate.mp4');
  writeFileSync(file, 'frames');
  const before = frozen(file);
  writeFileSync(file, 'other frames');
  await expect(new ContentStore(stateDir).freeze(before, null, signal)).rejects.toMatchObject({ code: 'clip_changed' });
  expect(readdirSync(stateDir.casRoot)).toEqual([]);
});

test('what a killed daemon left behind is removed, content stays', async () => {
  const stateDir = freshStateDir();
  const store = new ContentStore(stateDir);
  for (const name of ['tmp-a1', 'ab']) mkdirSync(path.join(stateDir.casRoot, name));
  writeFileSync(path.join(stateDir.casRoot, 'tmp-a1', 'pass.mp4'), 'half');
  await store.removeScratch();
  expect(readdirSync(stateDir.casRoot)).toEqual(['ab']);
});
