import { expect, test } from 'vitest';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const found = (inside: string) =>
  issuesOf(
    checked(`{"name": "lot", "prompt": "A street", "video_path": "color.mp4", ${inside}}`, { engine: 'transfer2.5' }),
    'duplicate_key',
  );

test('of two values the last one counts', () => {
  expect(found('"edge": {}, "seed": 1, "seed": 2')).toMatchObject([
    {
      severity: 'error',
      path: ['seed'],
      message: 'seed stands twice with different values; only the last one, 2, counts',
      fix: 'Keep the one that you mean.',
    },
  ]);
  expect(found('"edge": {}, "seed": 2')).toEqual([]);
});

test('deep inside, and more than twice', () => {
  const [issue, ...more] = found('"edge": {"control_weight": 1, "control_weight": 0.5, "control_weight": 0.2}');
  expect(more).toEqual([]);
  expect(issue).toMatchObject({
    path: ['edge', 'control_weight'],
    message: 'edge.control_weight stands 3 times with different values; only the last one, 0.2, counts',
  });
});

test('equal values: one can go, and the text then reads the same', () => {
  const [issue] = found('"edge": {}, "seed": 2, "seed": 2');
  expect(issue).toMatchObject({ severity: 'warning', message: 'seed stands twice', fix: 'Remove one of them.' });
  expect(issue?.edits).toHaveLength(1);
});

test.each([
  ['9007199254740993', '9007199254740992'],
  ['NaN', 'null'],
  ['{"a": 1}', '{"a": 2}'],
  ['"1"', '1'],
])('%s and %s are different values', (one, other) => {
  expect(found(`"edge": {}, "seed": ${one}, "seed": ${other}`)[0]?.severity).toBe('error');
});
