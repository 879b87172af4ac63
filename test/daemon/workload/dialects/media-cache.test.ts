import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MediaCache } from '../../../../daemon/workload/dialects/media-cache.js';
import { media } from '../../../support/spec-check.js';
import { tempDir } from '../../../support/tmp.js';

const cacheFile = () => path.join(tempDir(), 'state', 'media.json');
const state = { path: '/clips/a.mp4', size: 10, mtimeMs: 1.5 };

test('what is remembered is there after a restart, for the same size and time only', async () => {
  const file = cacheFile();
  const cache = await MediaCache.open(file);
  cache.remember(state, 'abc');
  cache.rememberMedia('abc', media(9));
  await cache.save();
  const again = await MediaCache.open(file);
  expect(again.sha256(state)).toBe('abc');
  expect(again.mediaOf('abc')).toEqual(media(9));
  expect(again.sha256({ ...state, size: 11 })).toBeUndefined();
  expect(again.sha256({ ...state, mtimeMs: 2 })).toBeUndefined();
  expect(again.mediaOf('def')).toBeUndefined();
});

test('a cache of another version, or with other things in it, counts as empty', async () => {
  const file = cacheFile();
  const cache = await MediaCache.open(file);
  cache.remember(state, 'abc');
  await cache.save();
  const content = JSON.parse(readFileSync(file, 'utf8'));
  for (const other of [{ ...content, version: 1 }, { ...content, media: { abc: { frames: 0 } } }, []]) {
    writeFileSync(file, JSON.stringify(other));
    expect((await MediaCache.open(file)).sha256(state)).toBeUndefined();
  }
});

test('nothing new, nothing written', async () => {
  const file = cacheFile();
  const cache = await MediaCache.open(file);
  cache.remember(state, 'abc');
  await cache.save();
  writeFileSync(file, 'touched by somebody else');
  await cache.save();
  expect(readFileSync(file, 'utf8')).toBe('touched by somebody else');
});

test('it does not grow without end: the oldest entries go first', async () => {
  const cache = await MediaCache.open(cacheFile());
  for (let i = 0; i <= 20_000; i++) cache.remember({ ...state, path: `/clips/${i}.mp4` }, 'abc');
  expect(cache.sha256({ ...state, path: '/clips/0.mp4' })).toBeUndefined();
  expect(cache.sha256({ ...state, path: '/clips/1.mp4' })).toBe('abc');
});
