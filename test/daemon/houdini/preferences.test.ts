import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findPreferences, versionInName } from '../../../daemon/houdini/preferences.js';
import { compareVersions, supportOf } from '../../../daemon/houdini/versions.js';
import { tempDir } from '../../support/tmp.js';
import { plant } from '../../support/tree.js';

/** Makes the folders below a fresh one. */
function home(...folders: string[]): string {
  const root = tempDir();
  for (const folder of folders) mkdirSync(path.join(root, folder), { recursive: true });
  return root;
}

/** What is found, by its path below `root`. */
async function found(platform: NodeJS.Platform, root: string, env: Record<string, string> = {}) {
  const folders = await findPreferences({ platform, env, home: root });
  return folders.map(({ houdini, folder }) => [houdini, path.relative(root, folder)]);
}

test('Linux: houdiniX.Y in the home folder, the newest first; nothing else is taken for one', async () => {
  const root = home('houdini9.5', 'houdini20.5', 'houdini21.0', 'houdini', 'houdini21.0.bak', 'projects/houdini21.0');
  plant(root, { 'houdini22.0': 'a file' });
  expect(await found('linux', root)).toEqual([
    ['21.0', 'houdini21.0'],
    ['20.5', 'houdini20.5'],
    ['9.5', 'houdini9.5'],
  ]);
});

test('macOS: X.Y in Library/Preferences/houdini', async () => {
  const root = home('Library/Preferences/houdini/20.5', 'Library/Preferences/houdini/21.0', 'houdini22.0');
  expect(await found('darwin', root)).toEqual([
    ['21.0', 'Library/Preferences/houdini/21.0'],
    ['20.5', 'Library/Preferences/houdini/20.5'],
  ]);
});

test('Windows: Documents, a OneDrive that took it over in any language, and HOME', async () => {
  const root = home(
    'u/Documents/houdini20.5',
    'u/OneDrive - Studio/Dokumente/houdini21.0',
    'other/houdini22.0',
    'u/houdini19.0',
  );
  const env = { USERPROFILE: path.join(root, 'u'), HOME: path.join(root, 'other') };
  expect(await found('win32', root, env)).toEqual([
    ['22.0', 'other/houdini22.0'],
    ['21.0', 'u/OneDrive - Studio/Dokumente/houdini21.0'],
    ['20.5', 'u/Documents/houdini20.5'],
  ]);
});

test('Windows: a OneDrive elsewhere is found by its variable, once', async () => {
  const root = home('u', 'drive/Documents/houdini21.0');
  const drive = path.join(root, 'drive');
  const env = { USERPROFILE: path.join(root, 'u'), OneDrive: drive, OneDriveCommercial: drive };
  expect(await found('win32', root, env)).toEqual([['21.0', 'drive/Documents/houdini21.0']]);
});

test('HOUDINI_USER_PREF_DIR: the placeholder stands for every version, wherever it is', async () => {
  const root = home('studio/21.0/prefs', 'studio/20.5/prefs', 'studio/old/prefs', 'hou.20.5', 'houx20.5');
  expect(await found('linux', root, { HOUDINI_USER_PREF_DIR: `${root}/studio/__HVER__/prefs` })).toEqual([
    ['21.0', 'studio/21.0/prefs'],
    ['20.5', 'studio/20.5/prefs'],
  ]);
  expect(await found('linux', root, { HOUDINI_USER_PREF_DIR: `${root}/hou.__HVER__` })).toEqual([['20.5', 'hou.20.5']]);
});

test('HOUDINI_USER_PREF_DIR as a running Houdini hands it on', async () => {
  const root = home('prefs/h21.0', 'prefs/h20.5');
  expect(await found('linux', root, { HOUDINI_USER_PREF_DIR: `${root}/prefs/h21.0` })).toEqual([
    ['21.0', 'prefs/h21.0'],
  ]);
  expect(await found('linux', root, { HOUDINI_USER_PREF_DIR: `${root}/prefs` })).toEqual([]);
});

test('a folder that two ways lead to is one', async () => {
  const root = home('houdini21.0');
  symlinkSync(root, path.join(root, 'link'));
  const env = { HOUDINI_USER_PREF_DIR: `${root}/link/houdini__HVER__` };
  expect(await found('linux', root, env)).toHaveLength(1);
});

test('the version in a name', () => {
  expect(['/a/houdini21.0', '/b/20.5', '/c/prefs'].map(versionInName)).toEqual(['21.0', '20.5', null]);
});

test('versions are compared as numbers', () => {
  expect(['20.5', '9.5', '21.0'].sort(compareVersions)).toEqual(['9.5', '20.5', '21.0']);
  expect(['19.5', '20.0', '20.5', '21.0', '21.5', '22.0', '23.0'].map(supportOf)).toEqual([
    'older',
    'older',
    'supported',
    'supported',
    'newer',
    'supported',
    'newer',
  ]);
});
