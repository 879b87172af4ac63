import { lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installPlugin } from '../../../daemon/houdini/install.js';
import { PACKAGE_FILE, type PluginFile, readPlugin, sha256Of } from '../../../daemon/houdini/plugin-files.js';
import { readReceipt } from '../../../daemon/houdini/receipt.js';
import { uninstallPlugin } from '../../../daemon/houdini/uninstall.js';
import { tempDir } from '../../support/tmp.js';
import { listing, plant } from '../../support/tree.js';

const MODULE = 'packages/cosmos_bridge/scripts/python/cosmos_bridge/__init__.py';
const OLD_MODULE = 'packages/cosmos_bridge/scripts/python/cosmos_bridge/gone.py';
const FIRST = plugin({ [PACKAGE_FILE]: '{"version": "1"}', [MODULE]: 'one = 1\n', [OLD_MODULE]: 'gone = 1\n' });
const SECOND = plugin({ [PACKAGE_FILE]: '{"version": "2"}', [MODULE]: 'two = 2\n' });

/** What an artist has in a preference folder already. */
const OWN = {
  'houdini.env': 'HOUDINI_BUFFEREDSAVE = 1\n',
  'packages/other.json': '{"hpath": "/elsewhere"}',
  'packages/other/toolbar/other.shelf': '<shelfDocument/>',
};

test('three versions: installed and uninstalled, no trace is left and foreign files are untouched', async () => {
  const home = tempDir();
  const folders = ['houdini20.5', 'houdini21.0', 'houdini22.0'].map((name) => path.join(home, name));
  plant(path.join(home, 'houdini21.0'), OWN);
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  const before = listing(home);
  for (const folder of folders) expect(await installPlugin(folder, FIRST, '1')).toBe('installed');
  expect(Object.keys(listing(home)).filter((name) => name.endsWith('gone.py'))).toHaveLength(3);
  for (const folder of folders) pretendPythonRan(folder);
  for (const folder of folders) expect(await uninstallPlugin(folder)).toEqual({ removed: 3, kept: [] });
  expect(listing(home)).toEqual(before);
});

test('a second time writes nothing', async () => {
  const folder = tempDir();
  await installPlugin(folder, FIRST, '1');
  const written = () => Object.keys(listing(folder)).map((name) => [name, lstatSync(path.join(folder, name)).mtimeMs]);
  const before = written();
  expect(await installPlugin(folder, FIRST, '1')).toBe('unchanged');
  expect(written()).toEqual(before);
});

test('an upgrade replaces, and takes along what is no longer needed; then no trace is left either', async () => {
  const folder = tempDir();
  plant(folder, OWN);
  const before = listing(folder);
  await installPlugin(folder, FIRST, '1');
  pretendPythonRan(folder);
  expect(await installPlugin(folder, SECOND, '2')).toBe('upgraded');
  expect(readFileSync(path.join(folder, MODULE), 'utf8')).toBe('two = 2\n');
  expect(Object.keys(listing(folder)).filter((name) => name.includes('gone'))).toEqual([]);
  await uninstallPlugin(folder);
  expect(listing(folder)).toEqual(before);
});

test('a foreign file in the way: nothing is touched, and the file is named', async () => {
  const folder = tempDir();
  plant(folder, { ...OWN, [PACKAGE_FILE]: '{"hpath": "/my/own/cosmos"}' });
  const before = listing(folder);
  await expect(installPlugin(folder, FIRST, '1')).rejects.toMatchObject({
    code: 'plugin_install_failed',
    message: expect.stringMatching(/cosmos_bridge\.json did not come from this installer/),
    data: { files: [path.join(folder, PACKAGE_FILE)] },
  });
  expect(listing(folder)).toEqual(before);
});

test('a plugin folder that links to a working copy is not written into', async () => {
  const [folder, checkout] = [tempDir(), tempDir()];
  mkdirSync(path.join(folder, 'packages'));
  symlinkSync(checkout, path.join(folder, 'packages', 'cosmos_bridge'));
  await expect(installPlugin(folder, FIRST, '1')).rejects.toMatchObject({ code: 'plugin_install_failed' });
  expect(listing(checkout)).toEqual({});
});

test('what a person changed is not upgraded over, and survives the uninstallation', async () => {
  const folder = tempDir();
  await installPlugin(folder, FIRST, '1');
  writeFileSync(path.join(folder, MODULE), 'mine = True\n');
  await expect(installPlugin(folder, SECOND, '2')).rejects.toMatchObject({
    data: { files: [path.join(folder, MODULE)] },
  });
  expect(await uninstallPlugin(folder)).toEqual({ removed: 2, kept: [path.join(folder, MODULE)] });
  expect(readFileSync(path.join(folder, MODULE), 'utf8')).toBe('mine = True\n');
  expect(Object.keys(listing(folder)).filter((name) => name.endsWith('.json'))).toEqual([]);
});

test.each(['install', 'uninstall'] as const)('cut off in an upgrade: %s goes on from there', async (next) => {
  const folder = tempDir();
  const before = listing(folder);
  await installPlugin(folder, FIRST, '1');
  const blocked = path.join(folder, `${MODULE}.cosmos-part`);
  mkdirSync(blocked); // where the new content would be written: the upgrade stops here
  await expect(installPlugin(folder, SECOND, '2')).rejects.toMatchObject({ code: 'plugin_install_failed' });
  rmSync(blocked, { recursive: true });
  writeFileSync(blocked, 'two'); // what a killed process leaves
  expect((await readReceipt(folder))?.complete).toBe(false);
  expect(Object.keys(listing(folder))).not.toContain(PACKAGE_FILE); // Houdini loads nothing that is half there
  if (next === 'install') {
    expect(await installPlugin(folder, SECOND, '2')).toBe('repaired');
    expect((await readReceipt(folder))?.complete).toBe(true);
    expect(Object.keys(listing(folder))).toContain(PACKAGE_FILE);
  }
  await uninstallPlugin(folder);
  expect(listing(folder)).toEqual(before);
});

test('a file that went missing comes back', async () => {
  const folder = tempDir();
  await installPlugin(folder, FIRST, '1');
  const before = listing(folder);
  rmSync(path.join(folder, MODULE));
  expect(await installPlugin(folder, FIRST, '1')).toBe('repaired');
  expect(listing(folder)).toEqual(before);
});

test('a receipt that is damaged, or leads elsewhere, is an error that names it', async () => {
  const folder = tempDir();
  await installPlugin(folder, FIRST, '1');
  const receipt = path.join(folder, 'packages/cosmos_bridge/installed.json');
  for (const text of ['{', readFileSync(receipt, 'utf8').replace(PACKAGE_FILE, 'packages/../../elsewhere')]) {
    writeFileSync(receipt, text);
    const error = { code: 'plugin_install_failed', data: { files: [receipt] } };
    await expect(uninstallPlugin(folder)).rejects.toMatchObject(error);
  }
});

test('where nothing was installed there is nothing to take away', async () => {
  expect(await uninstallPlugin(tempDir())).toBeUndefined();
});

test('what Python compiled in the built plugin is no part of it', async () => {
  const built = tempDir();
  plant(built, { [PACKAGE_FILE]: '{}', [MODULE]: '' });
  pretendPythonRan(built);
  expect((await readPlugin(built)).map((file) => file.path)).toEqual([PACKAGE_FILE, MODULE]);
});

test('a plugin that was not built is an error that names the command', async () => {
  await expect(readPlugin(path.join(tempDir(), 'nothing'))).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('npm run houdini'),
  });
});

/** Python keeps what it compiled beside the sources. */
function pretendPythonRan(folder: string): void {
  const cache = path.join(folder, path.dirname(MODULE), '__pycache__');
  plant(cache, { '__init__.cpython-311.pyc': 'a', '__init__.cpython-313.opt-1.pyc': 'b', 'gone.cpython-311.pyc': 'c' });
}

function plugin(files: Readonly<Record<string, string>>): PluginFile[] {
  return Object.entries(files).map(([name, text]) => {
    const bytes = Buffer.from(text);
    return { path: name, bytes, sha256: sha256Of(bytes) };
  });
}
