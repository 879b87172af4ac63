import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { generate, write } from '../../schemas/generate.js';
import { tempDir } from '../support/tmp.js';

const committed = fileURLToPath(new URL('../../schemas/json', import.meta.url));

test('schemas/json is what the zod schemas say; if not: npm run build && npm run schemas', () => {
  const files = generate();
  expect(readdirSync(committed).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) {
    expect(readFileSync(path.join(committed, name), 'utf8') === text, `${name} is stale`).toBe(true);
  }
});

test('write puts every generated file into the folder', () => {
  const folder = path.join(tempDir(), 'json');
  write(folder, new Map([['a.json', '{}\n']]));
  expect(readFileSync(path.join(folder, 'a.json'), 'utf8')).toBe('{}\n');
});
