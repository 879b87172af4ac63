import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const engines = [goodTransfer25, goodCosmos3];

test.each([
  [
    '../x',
    'error',
    'the name "../x" has a slash in it: the outputs would leave their folder, or the run fails when it writes them',
  ],
  [
    'a\\b',
    'error',
    'the name "a\\\\b" has a slash in it: the outputs would leave their folder, or the run fails when it writes them',
  ],
  ['..', 'error', 'the name ".." means a folder: the outputs would leave theirs'],
  ['a\tb', 'error', 'the name "a\\tb" has an invisible control character in it'],
  ['.lot', 'warning', 'the name ".lot" begins with a dot: its files would be hidden'],
  ['-lot', 'warning', 'the name "-lot" begins with a dash: programs would take its files for options'],
  ['Con', 'warning', 'the name "Con" is a device on Windows: no file can have it there'],
  ['nul.1', 'warning', 'the name "nul.1" is a device on Windows: no file can have it there'],
  ['a:b', 'warning', 'the name "a:b" cannot be a file name on Windows'],
  ['lot.', 'warning', 'the name "lot." cannot be a file name on Windows'],
])('the name %j is no safe file name', (name, severity, message) => {
  for (const spec of engines) {
    expect(issuesOf(checked({ ...spec, name }), 'name')).toMatchObject([{ severity, path: ['name'], message }]);
  }
});

test('an empty name is no name for transfer2.5; for cosmos3 the stem of the file stands in', () => {
  const message = 'the name "" is empty: the outputs would have no name';
  expect(issuesOf(checked({ ...goodTransfer25, name: '' }), 'name')).toMatchObject([{ severity: 'error', message }]);
  expect(issuesOf(checked({ ...goodCosmos3, name: '' }), 'name')).toEqual([]);
});

test('a name may be long, but not longer than a file name', () => {
  const long = issuesOf(checked({ ...goodTransfer25, name: 'ä'.repeat(115) }), 'name');
  expect(long[0]?.message).toBe(
    `the name "${'ä'.repeat(60)}..." is longer than 228 bytes: its files cannot be written`,
  );
  expect(issuesOf(checked({ ...goodTransfer25, name: 'ä'.repeat(114) }), 'name')).toEqual([]);
});

test.each(['lot', 'Lot 7 (final)', 'a..b', 'control', 'com10', 'straße', 'a-b_c.d'])('%j is fine', (name) => {
  for (const spec of engines) expect(issuesOf(checked({ ...spec, name }), 'name')).toEqual([]);
});

test('names of what the run itself writes', () => {
  const t25 = (name: string) => issuesOf(checked({ ...goodTransfer25, name }), 'name_reserved');
  expect(t25('Config')).toMatchObject([
    { severity: 'warning', path: ['name'], message: 'the run writes its own files under the name "Config"' },
  ]);
  expect(t25('console.log')).toEqual([]);
  const c3 = (name: string) => issuesOf(checked({ ...goodCosmos3, name }), 'name_reserved');
  expect(c3('console.log')).toMatchObject([
    { severity: 'error', message: '"console.log" is a file of the run itself; it fails there' },
  ]);
  expect(c3('config')).toEqual([]);
});
