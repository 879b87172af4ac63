/** Files of `unit` share a process and its modules: one that replaces modules has to run apart, or the next one gets them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));

test.each(['schemas', 'daemon', 'extension'])('what replaces modules in test/%s runs apart', (area) => {
  const files = readdirSync(path.join(here, area), { recursive: true, encoding: 'utf8' });
  const units = files.filter((file) => /\.test\.ts$/.test(file) && !/\.(apart|host)\.test\.ts$/.test(file));
  expect(units).not.toEqual([]);
  const strange = units.filter((file) =>
    /\bvi\.(doMock|mock)\(/.test(readFileSync(path.join(here, area, file), 'utf8')),
  );
  expect(strange, 'to be called *.apart.test.ts').toEqual([]);
});
