/** The Houdini plugin: types for both of Houdini's Pythons, and its own tests with a daemon and on both of Houdini's Qts. */
import { expect, test } from 'vitest';
import { CONFIG, hasPython, PASSED, runTool, SOURCES } from './tool.js';

test.each(['3.11', '3.13'])('types, Python %s', async (version) => {
  const options = ['--config-file', CONFIG, '--python-version', version];
  expect(await runTool('qt6', 'mypy', ...options, ...SOURCES)).toEqual(PASSED);
});

test('its tests with a daemon, with the Qt of Houdini 22', async () => {
  expect(await runTool('qt6', 'pytest', '-c', CONFIG, '--quiet', '-m', 'daemon')).toEqual(PASSED);
});

// Which machine has PySide2 is the setup's to find out; it makes the environment, or says that this is left out.
test.runIf(hasPython('qt5'))('its tests that open widgets, with the Qt of Houdini 20.5', async () => {
  expect(await runTool('qt5', 'pytest', '-c', CONFIG, '--quiet', '-m', 'qt')).toEqual(PASSED);
});
