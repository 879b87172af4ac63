import { expect, test } from 'vitest';
import { foundIn, saidIn } from './good-spec.js';

test.each([
  ['1920x1080', 'Did you mean "1080"? It is one of'],
  ['1280 x 720', 'Did you mean "720"? It is one of'],
  ['702', 'Did you mean'],
  [
    'huge',
    'It is one of 256, 480, 480p, 512, 720, 720p, 720robocasa, 1024, 1080; the released checkpoints are made for 720.',
  ],
])('the resolution "%s" is an error that stays with the person', (resolution, fix) => {
  const [issue] = foundIn('resolution', { resolution });
  expect(issue).toMatchObject({
    severity: 'error',
    path: ['resolution'],
    message: `there is no resolution "${resolution}"`,
  });
  expect(issue?.fix).toContain(fix);
  expect(issue?.edits).toBeUndefined();
});

test('a name that differs in its case or spaces is put right', () => {
  expect(foundIn('resolution', { resolution: ' 720P' })).toMatchObject([
    { fix: 'Write "720p".', edits: [{ text: '"720p"' }] },
  ]);
});

test('a size that the checkpoints were not made for is mentioned', () => {
  expect(saidIn('resolution_untrained', { resolution: '480' })).toEqual([
    'info resolution: resolution "480" works, but the released checkpoints are made for "720"',
  ]);
  for (const resolution of ['720', undefined, 'huge'])
    expect(foundIn('resolution_untrained', { resolution })).toEqual([]);
  for (const resolution of ['256', '480p', '720p', '720', '1080'])
    expect(foundIn('resolution', { resolution })).toEqual([]);
});
