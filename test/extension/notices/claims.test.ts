import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Claims } from '../../../extension/src/notices/claims.js';
import { tempDir } from '../../support/tmp.js';

test('of many windows one gets it', async () => {
  const folder = path.join(tempDir(), 'notices');
  const windows = Array.from({ length: 8 }, () => new Claims(folder));
  const won = await Promise.all(windows.map((claims) => claims.claim('j1 3 failed')));
  expect(won.filter(Boolean)).toHaveLength(1);
  expect(await windows[0]?.claim('j1 4 failed')).toBe(true);
});

test('what nobody can still want to tell of is removed', async () => {
  const folder = path.join(tempDir(), 'notices');
  const claims = new Claims(folder);
  await claims.tidy(Date.now());
  await claims.claim('old/one');
  await claims.tidy(Date.now());
  expect(readdirSync(folder)).toHaveLength(1);
  await claims.tidy(Date.now() + 2 * 3_600_000);
  expect(readdirSync(folder)).toEqual([]);
});
