import { expect, test } from 'vitest';
import { CosmosError } from '../../../daemon/errors.js';
import { resolveClip } from '../../../daemon/watch/resolve.js';
import type { Clip } from '../../../schemas/index.js';

const clips = [
  { id: 'clip-1', name: 'street', path: '/exports/street' },
  { id: 'clip-2', name: 'alley', path: '/exports/alley' },
  { id: 'clip-3', name: 'alley', path: '/exports/old/alley' },
] as Clip[];

function failure(reference: string): CosmosError {
  try {
    resolveClip(reference, clips);
  } catch (error) {
    if (error instanceof CosmosError) return error;
  }
  throw new Error(`${reference} was found`);
}

test.each([
  ['clip-2', 'clip-2'],
  ['street', 'clip-1'],
  ['/exports/old/alley', 'clip-3'],
  ['/exports/street/', 'clip-1'],
])('%s is %s', (reference, id) => {
  expect(resolveClip(reference, clips).id).toBe(id);
});

test('a misspelt name gets its neighbours', () => {
  const error = failure('stret');
  expect(error.code).toBe('not_found');
  expect(error.message).toBe('No clip is called stret. Did you mean street?');
  expect(error.data).toEqual({ near: ['street'] });
});

test('a name that is like nothing', () => {
  expect(failure('cathedral').message).toBe('No clip is called cathedral.');
  expect(failure('/exports/strete').data).toEqual({ near: ['street'] });
});

test('a name of two clips names both', () => {
  const error = failure('alley');
  expect(error.code).toBe('ambiguous');
  expect(error.message).toContain('/exports/alley, /exports/old/alley');
  expect(error.data.candidates).toHaveLength(2);
});
