import { expect, test } from 'vitest';
import { errorCodes } from '../../schemas/index.js';

test('every code has a number of its own and a sentence', () => {
  const entries = Object.entries(errorCodes);
  const numbers = entries.map(([, [number]]) => number);
  expect(numbers.filter((one, index) => numbers.indexOf(one) !== index)).toEqual([]);
  for (const [code, [, sentence]] of entries) expect(sentence, code).toMatch(/^\S.{10,}\.$/);
});
