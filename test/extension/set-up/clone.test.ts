import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chosenClone, cloneAbove, isOfThisPerson, readClone } from '../../../extension/src/set-up/clone.js';
import { tempDir } from '../../support/tmp.js';
import { root } from '../../vscode/support/paths.js';

const PACKAGE = JSON.stringify({ name: 'cosmos-bridge', bin: { cosmos: 'dist/main.js' } });

/** What is fresh from the repository: nothing is built. */
function fresh(folder = tempDir()): string {
  write(path.join(folder, 'package.json'), PACKAGE);
  write(path.join(folder, '.dev/setup.mjs'), '');
  return folder;
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

test('this repository is one', () => {
  expect(readClone(path.resolve(root))).toMatchObject({
    folder: path.resolve(root),
    main: path.join(root, 'dist/daemon/cli/start.cjs'),
  });
});

test('it is built when its program and its packages are there', () => {
  const folder = fresh();
  expect(readClone(folder)).toMatchObject({ isBuilt: false, setup: path.join(folder, '.dev/setup.mjs') });
  write(path.join(folder, 'dist/main.js'), '');
  expect(readClone(folder)).toMatchObject({ isBuilt: false });
  mkdirSync(path.join(folder, 'node_modules'));
  expect(readClone(folder)).toMatchObject({ isBuilt: true, main: path.join(folder, 'dist/main.js') });
});

test.each([
  ['no package.json', undefined, 'is not the folder of Cosmos Bridge: it has no package.json.'],
  ['no JSON', '{"name": ', 'package.json is damaged: '],
  ['null', 'null', 'package.json is damaged: '],
  ['another project', '{"name": "houdini-tools"}', 'is the folder of another project (houdini-tools)'],
  ['a package without a name', '{}', 'is the folder of another project (without a name)'],
  [
    'the extension alone',
    '{"name": "cosmos-bridge", "main": "x.cjs"}',
    'is the folder of another project (cosmos-bridge)',
  ],
  ['a program that is none', '{"name": "cosmos-bridge", "bin": {"cosmos": 3}}', 'is the folder of another project'],
  [
    'a copy without its setup',
    PACKAGE,
    'is a part of Cosmos Bridge only: .dev/setup.mjs is not there, which sets it up.',
  ],
])('what is wrong is said: %s', (_, text, words) => {
  const folder = tempDir();
  if (text !== undefined) write(path.join(folder, 'package.json'), text);
  expect(readClone(folder)).toEqual(expect.stringContaining(words));
  expect(readClone(folder)).toEqual(expect.stringContaining(folder));
});

test('a folder that is not there, a file, and one without rights are no clone, and no crash', () => {
  for (const folder of ['/nowhere/at/all', '/dev/null', path.join('/dev/null', 'x')]) {
    expect(chosenClone(folder)).toEqual(expect.stringContaining('it has no package.json'));
    expect(cloneAbove(folder, () => true)).toBeUndefined();
  }
});

test('a person may choose what is inside of it, or the folder that it lies in', () => {
  const folder = fresh(path.join(tempDir(), 'clone'));
  write(path.join(folder, 'extension/package.json'), '{"name": "cosmos-bridge"}');
  for (const chosen of [folder, path.join(folder, 'extension'), path.dirname(folder)]) {
    expect(chosenClone(chosen)).toMatchObject({ folder });
  }
  const second = fresh(path.join(path.dirname(folder), 'second'));
  expect(chosenClone(path.dirname(folder))).toEqual(expect.stringContaining('it has no package.json'));
  rmSync(second, { recursive: true });
  expect(chosenClone(path.dirname(folder))).toMatchObject({ folder });
});

test('above an open folder, what is not of this person is left alone', () => {
  const folder = fresh();
  const open = path.join(folder, 'exports');
  mkdirSync(open);
  expect(isOfThisPerson(folder)).toBe(true);
  expect(cloneAbove(open, isOfThisPerson)).toMatchObject({ folder });
  expect(cloneAbove(open, (one) => one === open)).toBeUndefined();
});
