import { expect, test } from 'vitest';
import { methodOf } from '../../schemas/protocol/method-of.js';
import { type MethodName, methods } from '../../schemas/protocol.js';

test.each(Object.keys(methods) as MethodName[])('%s is found by its noun', async (name) => {
  expect(await methodOf(name)).toBe(methods[name]);
});
