/** The Houdini plugin where no daemon is needed: style, and its own tests with the Qt of Houdini 22. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, PASSED, runTool, SOURCES } from './tool.js';

/** The Python of other tests has the same style. */
const styled = [...SOURCES, path.join('test', 'daemon', 'picture')];

test('style', async () => {
  expect(await runTool('qt6', 'ruff', 'check', '--config', CONFIG, ...styled)).toEqual(PASSED);
});

test('format', async () => {
  expect(await runTool('qt6', 'ruff', 'format', '--check', '--config', CONFIG, ...styled)).toEqual(PASSED);
});

test('its tests without a daemon', async () => {
  expect(await runTool('qt6', 'pytest', '-c', CONFIG, '--quiet', '-m', 'not daemon')).toEqual(PASSED);
});
