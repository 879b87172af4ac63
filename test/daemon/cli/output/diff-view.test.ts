import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import { renderChanges, renderDiff } from '../../../../daemon/cli/output/diff-view.js';

const plain = picocolors.createColors(false);
const colors = picocolors.createColors(true);

test('what goes is red, what comes is green, what stays has no colour', () => {
  const diff = '--- a.json\n+++ a.json\n@@ -1,2 +1,2 @@\n {\n-  "a": 1\n+  "b": 1\n';
  expect(renderDiff(diff, plain)).toBe(diff.trimEnd());
  expect(renderDiff(diff, colors).split('\n')).toEqual([
    colors.bold('--- a.json'),
    colors.bold('+++ a.json'),
    colors.dim('@@ -1,2 +1,2 @@'),
    ' {',
    colors.red('-  "a": 1'),
    colors.green('+  "b": 1'),
  ]);
});

test('a byte order mark is seen, and a spec cannot steer the terminal', () => {
  expect(renderDiff('-\ufeff{"a": "\u001b[2J\u0007"}\r\n', plain)).toBe('-<BOM>{"a": "\ufffd[2J\ufffd"}');
});

test('each change is a line: where, what, and why, said once for neighbours', () => {
  const changes = [
    { message: 'took out a comment: x', line: 3 },
    { message: 'took out a: 1', path: ['a'], sample: 0, why: 'there is no a' },
    { message: 'added b: 1', path: ['b'], sample: 0, why: 'there is no a' },
    { message: 'c is 2 now, not 1', path: ['c'], sample: 4, why: 'c is 2' },
  ];
  expect(renderChanges('a.jsonl', changes, 'written', plain).split('\n')).toEqual([
    'a.jsonl  4 changes (written)',
    '  line 3: took out a comment: x',
    '  took out a: 1  because there is no a',
    '  added b: 1',
    '  sample 5: c is 2 now, not 1  because c is 2',
  ]);
});
