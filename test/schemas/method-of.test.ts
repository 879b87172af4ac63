import { expect, test } from 'vitest';
import { type MethodName, methods } from '../../schemas/protocol.js';
import { methodOf } from '../../schemas/protocol/method-of.js';

test.each(Object.keys(methods) as MethodName[])('%s is found by its noun', async (name) => {
  expect(await methodOf(name)).toBe(methods[name]);
});
