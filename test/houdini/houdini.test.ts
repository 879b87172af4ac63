/** The Houdini plugin: style, types for both of Houdini's Pythons, and its own tests on both of Houdini's Qts. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = path.join(root, 'test', 'houdini');
const config = path.join('houdini', 'pyproject.toml');
const sources = ['houdini', path.join('test', 'houdini', 'python')];
/** The Python of other tests has the same style. */
const styled = [...sources, path.join('test', 'daemon', 'picture')];

test('style', async () => {
  expect(await tool('qt6', 'ruff', 'check', '--config', config, ...styled)).toEqual(PASSED);
});

test('format', async () => {
  expect(await tool('qt6', 'ruff', 'format', '--check', '--config', config, ...styled)).toEqual(PASSED);
});

test.each(['3.11', '3.13'])('types, Python %s', async (version) => {
  expect(await tool('qt6', 'mypy', '--config-file', config, '--python-version', version, ...sources)).toEqual(PASSED);
});

test('its tests, with the Qt of Houdini 22', async () => {
  expect(await tool('qt6', 'pytest', '-c', config, '--quiet')).toEqual(PASSED);
});

// Which machine has PySide2 is the setup's to find out; it makes the environment, or says that this is left out.
test.runIf(has('qt5'))('its tests that open widgets, with the Qt of Houdini 20.5', async () => {
  expect(await tool('qt5', 'pytest', '-c', config, '--quiet', '-m', 'qt')).toEqual(PASSED);
});

/** What a tool that is content comes to; its words are shown when it is not. */
const PASSED = { code: 0, words: '' };

function has(environment: string): boolean {
  return existsSync(path.join(here, '.venv', environment, '.cosmos-setup'));
}

/** Runs a Python module's own command in an environment that the setup has made. */
function tool(environment: string, name: string, ...args: string[]): Promise<{ code: unknown; words: string }> {
  if (!has(environment)) throw new Error('The Python of these tests is not there. Run: node .dev/setup.mjs --test');
  const python = path.join(here, '.venv', environment, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  const cache = (name: string) => path.join(here, '.cache', name);
  const caches = { PYTHONPYCACHEPREFIX: cache('pyc'), RUFF_CACHE_DIR: cache('ruff') }; // ruff takes a path of its settings from where it runs
  const env = { ...process.env, QT_QPA_PLATFORM: 'offscreen', ...caches };
  return new Promise((resolve) => {
    execFile(python, ['-m', name, ...args], { cwd: root, env, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      resolve(error === null ? PASSED : { code: error.code, words: `${stdout}${stderr}` });
    });
  });
}
