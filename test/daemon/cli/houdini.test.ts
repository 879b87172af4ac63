import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCosmos } from '../../support/cosmos.js';
import { distFile } from '../../support/dist.js';
import { tempDir } from '../../support/tmp.js';
import { listing, plant } from '../../support/tree.js';

/** A home with the preference folders of these versions; `houdini(...)` runs the verb there. */
function home(...versions: string[]) {
  const root = tempDir();
  for (const version of versions) mkdirSync(path.join(root, `houdini${version}`));
  return { root, houdini: (...args: string[]) => runCosmos({ stateDir: root }, 'houdini', ...args) };
}

test('install, again, and uninstall: it says what it did and what comes next, and leaves no trace', async () => {
  const { root, houdini } = home('19.5', '20.5', '21.0', '22.0', '22.5');
  const before = listing(root);
  const first = await houdini('install');
  expect(first.code).toBe(0);
  for (const version of ['20.5', '21.0', '22.0']) expect(first.stderr).toContain(`Houdini ${version}: installed`);
  expect(first.stderr).toMatch(/Houdini 19\.5: left out: the plugin needs Houdini 20\.5/);
  expect(first.stderr).toMatch(/Houdini 22\.5: left out: the plugin was not tested with it/);
  expect(first.stderr).toMatch(/Start Houdini again.*Shelves > Cosmos.*cosmos daemon install/s);
  const again = JSON.parse((await houdini('install', '--houdini', '21.0', '--json')).stdout);
  const folder = path.join(root, 'houdini21.0');
  expect(again.outcomes).toEqual([{ houdini: '21.0', folder, action: 'unchanged', reason: null }]);
  const installed = readFileSync(path.join(folder, 'packages/cosmos_bridge.json'));
  expect(installed).toEqual(readFileSync(distFile('houdini/packages/cosmos_bridge.json')));
  expect((await houdini('uninstall')).stderr).toMatch(/Houdini 22\.0: removed.*Houdini 20\.5: removed/s);
  expect(listing(root)).toEqual(before);
});

test('one folder that is refused does not keep the others from being done', async () => {
  const { root, houdini } = home('20.5', '21.0');
  plant(root, { 'houdini21.0/packages/cosmos_bridge.json': '{}' });
  const { code, stdout } = await houdini('install', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).outcomes).toMatchObject([
    { houdini: '21.0', action: 'failed', reason: expect.stringContaining('cosmos_bridge.json') },
    { houdini: '20.5', action: 'installed' },
  ]);
});

test('a named folder; one that is not there; a Houdini that nobody has', async () => {
  const { root, houdini } = home('21.0');
  mkdirSync(path.join(root, 'elsewhere'));
  expect((await houdini('install', '--prefs', 'elsewhere')).code).toBe(0);
  expect((await houdini('uninstall', '--prefs', 'elsewhere')).stderr).toContain('removed');
  const missing = await houdini('install', '--prefs', 'nothing');
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no folder') });
  const unknown = await houdini('install', '--houdini', '20.5');
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringMatching(/No Houdini 20\.5.*houdini21\.0/s) });
});

test('without a built plugin it names the command that makes one', async () => {
  const { houdini } = home('21.0');
  const { code, stderr } = await houdini('install', '--from', '.');
  expect(code).toBe(1);
  expect(stderr).toContain('npm run houdini');
});
