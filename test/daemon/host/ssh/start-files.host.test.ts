import { expect, test } from 'vitest';
import { lookAt, type Login } from '../../../support/logins.js';

const logins: Login[] = JSON.parse(process.env.LOGINS ?? '[]');

test('x', async () => {
  const seen = await lookAt(logins);
  for (const [n, one] of seen.entries()) console.log(JSON.stringify({...logins[n], ...one}));
  expect(1).toBe(1);
});
