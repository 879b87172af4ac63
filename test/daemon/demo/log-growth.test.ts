import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { fileSize, grownBeyond } from '../../../daemon/demo/log-growth.js';
import { ManualClock } from '../../support/clock.js';
import { tempDir } from '../../support/tmp.js';

test('hears of growth, also of what grew before it listened', async () => {
  const file = path.join(tempDir(), 'log');
  writeFileSync(file, '12345');
  expect(await grownBeyond(3, file, systemClock, 60_000)).toBe(5);
  const growing = grownBeyond(5, file, systemClock, 60_000);
  appendFileSync(file, '67');
  expect(await growing).toBe(7);
});

test('gives up with the size that the file kept', async () => {
  const file = path.join(tempDir(), 'log');
  writeFileSync(file, '12345');
  const clock = new ManualClock();
  const waiting = grownBeyond(5, file, clock, 1000);
  clock.advance(1000);
  expect(await waiting).toBe(5);
});

test('a missing file has no bytes', () => {
  expect(fileSize(path.join(tempDir(), 'none'))).toBe(0);
});
