import { expect, test } from 'vitest';
import { createColors } from '../../../../daemon/cli/output/colors.js';
import { renderChanges, renderDiff } from '../../../../daemon/cli/output/diff-view.js';

const plain = createColors({ isTTY: false, env: {}, wanted: true });
const colors = createColors({ isTTY: true, env: {}, wanted: true });

test('what goes is red, what comes is green, what stays has no colour', () => {
  const diff = '--- a.json\n+++ a.json\n@@ -1,2 +1,2 @@\n {\n-  "a": 1\n+  "b": 1\n';
  expect(renderDiff(diff, plain)).toBe(diff);
  expect(renderDiff(diff, colors).trimEnd().split('\n')).toEqual([
    colors.bold('--- a.json'),
    colors.bold('+++ a.json'),
    colors.dim('@@ -1,2 +1,2 @@'),
    ' {',
    colors.red('-  "a": 1'),
    colors.green('+  "b": 1'),
  ]);
});

test('a byte order mark is seen', () => {
  expect(renderDiff('-\ufeff{"a": 1}\r\n', plain)).toBe('-<BOM>{"a": 1}\n');
});

test('each change is a line: where, what, and why, said once for neighbours', () => {
  const changes = [
    { message: 'took out a comment: x', line: 3 },
    { message: 'took out a: 1', path: ['a'], sample: 0, why: 'there is no a' },
    { message: 'added b: 1', path: ['b'], sample: 0, why: 'there is no a' },
    { message: 'c is 2 now, not 1', path: ['c'], sample: 4, why: 'c is 2' },
  ];
  expect(renderChanges('a.jsonl', changes, 'written', plain)).toEqual([
    'a.jsonl  4 changes (written)',
    '  line 3: took out a comment: x',
    '  took out a: 1  because there is no a',
    '  added b: 1',
    '  sample 5: c is 2 now, not 1  because c is 2',
  ]);
});
