import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkHoudini } from '../../../../daemon/cli/doctor/houdini.js';
import { installPlugin } from '../../../../daemon/houdini/install.js';
import { PACKAGE_FILE, sha256Of } from '../../../../daemon/houdini/plugin-files.js';
import { tempDir } from '../../../support/tmp.js';
import { plant } from '../../../support/tree.js';

const STARTUP = 'packages/cosmos_bridge/python3.11libs/uiready.py';
const FILES = { [PACKAGE_FILE]: packageFile('2'), [STARTUP]: '' };
const PLUGIN = Object.entries(FILES).map(([name, text]) => {
  const bytes = Buffer.from(text);
  return { path: name, bytes, sha256: sha256Of(bytes) };
});

function packageFile(version: string, more: object = {}): string {
  return JSON.stringify({
    enable: "houdini_version >= '20.5'",
    version,
    hpath: '$HOUDINI_PACKAGE_PATH/cosmos_bridge',
    ...more,
  });
}

/** A home with the preference folders of these versions. */
function home(...versions: string[]): string {
  const root = tempDir();
  for (const version of versions) mkdirSync(path.join(root, `houdini${version}`));
  return root;
}

/** What a command of version 2 finds. */
function check(root: string, env: Record<string, string> = {}) {
  return checkHoudini('2', { platform: 'linux', env, home: root });
}

test('each Houdini is told of: with the plugin, without it, too old for it', async () => {
  const root = home('19.5', '20.5', '21.0');
  await installPlugin(path.join(root, 'houdini21.0'), PLUGIN, '2');
  expect(await check(root)).toEqual([
    { name: 'Houdini 21.0', level: 'ok', message: `plugin 2  ${root}/houdini21.0/packages/cosmos_bridge` },
    { name: 'Houdini 20.5', level: 'ok', message: 'the plugin is not installed (cosmos houdini install)' },
    { name: 'Houdini 19.5', level: 'ok', message: 'too old for the plugin' },
  ]);
});

test('no Houdini at all is nothing bad', async () => {
  expect(await check(home())).toMatchObject([{ name: 'Houdini', level: 'ok' }]);
});

/** What is done to a plugin that was well, and what the doctor then says. */
const DAMAGES: readonly [string, (prefs: string) => void, 'fail' | 'warn', RegExp][] = [
  ['is no JSON', (prefs) => plant(prefs, { [PACKAGE_FILE]: '{' }), 'fail', /it is no JSON/],
  ['is another`s', (prefs) => plant(prefs, { [PACKAGE_FILE]: '{"path": "x"}' }), 'fail', /no package file of ours/],
  [
    'is switched off',
    (prefs) => plant(prefs, { [PACKAGE_FILE]: packageFile('2', { enable: false }) }),
    'warn',
    /switched off/,
  ],
  [
    'leads nowhere',
    (prefs) => plant(prefs, { [PACKAGE_FILE]: packageFile('2', { hpath: '/nowhere' }) }),
    'fail',
    /\/nowhere/,
  ],
  ['lacks its Python', (prefs) => rmSync(path.join(prefs, STARTUP)), 'fail', /nothing for Python 3\.11/],
  [
    'is of another version',
    (prefs) => plant(prefs, { [PACKAGE_FILE]: packageFile('1') }),
    'warn',
    /plugin 1, but this command is 2/,
  ],
];

test.each(DAMAGES)('a plugin whose package file or folder %s', async (_what, damage, level, message) => {
  const root = home('21.0');
  await installPlugin(path.join(root, 'houdini21.0'), PLUGIN, '2');
  damage(path.join(root, 'houdini21.0'));
  expect(await check(root)).toMatchObject([
    { level, message: expect.stringMatching(message), remedy: expect.any(String) },
  ]);
});

test('an installation that was cut off', async () => {
  const root = home('21.0');
  const prefs = path.join(root, 'houdini21.0');
  const blocked = path.join(prefs, `${STARTUP}.cosmos-part`);
  mkdirSync(blocked, { recursive: true });
  await installPlugin(prefs, PLUGIN, '2').catch(() => {});
  expect(await check(root)).toMatchObject([{ level: 'fail', message: 'an installation was cut off' }]);
});

test('a second plugin in the site, a named or the installation folder', async () => {
  const root = home('21.0');
  await installPlugin(path.join(root, 'houdini21.0'), PLUGIN, '2');
  const [site, named, hfs] = [tempDir(), tempDir(), tempDir()];
  writeFileSync(path.join(named, 'cosmos_bridge.json'), packageFile('1'));
  plant(site, { 'houdini21.0/packages/cosmos_bridge.json': packageFile('1') });
  plant(hfs, { 'packages/cosmos_bridge.json': packageFile('1') });
  for (const env of [{ HSITE: site }, { HOUDINI_PACKAGE_DIR: `/nowhere:${named}` }, { HFS: hfs }] as Record<
    string,
    string
  >[]) {
    expect(await check(root, env)).toMatchObject([{ level: 'warn', message: expect.stringContaining('two plugins') }]);
  }
});

test('one in the site folder alone is what Houdini loads', async () => {
  const [root, site] = [home('21.0'), tempDir()];
  plant(path.join(site, 'houdini21.0'), FILES);
  expect(await check(root, { HSITE: site })).toMatchObject([{ level: 'ok', message: expect.stringContaining(site) }]);
});
