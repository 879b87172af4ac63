import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../../daemon/config.js';
import { Workspace } from '../../../daemon/demo/workspace.js';
import { tempDir } from '../../support/tmp.js';

test('the written configuration watches the export folder and sends by itself with the preset', () => {
  const workspace = Workspace.create(path.join(tempDir(), 'with "quotes" and \\ in it'));
  workspace.prepare();
  const { config } = loadConfig(workspace.config);
  expect(config.watch).toMatchObject([
    { path: workspace.exports, auto_send: true, preset: 'demo', settle: 1, fps: 24 },
  ]);
  expect(config.preset.demo).toMatchObject({ engine: 'preview', weights: { depth: 0.4 } });
  expect(config.results.folder).toBe(workspace.results);
  expect(existsSync(workspace.exports)).toBe(true);
});

test('a folder that holds something is not taken', () => {
  const folder = tempDir();
  writeFileSync(path.join(folder, 'mine.txt'), '');
  expect(() => Workspace.create(folder)).toThrow(/not empty/);
});

test('the spec is kept with the inputs that it names', () => {
  const workspace = Workspace.create(tempDir());
  const source = path.join(workspace.stateDir.localHost, 'runs', 'run-1', 'specs', 'job-1');
  mkdirSync(path.join(source, 'inputs'), { recursive: true });
  writeFileSync(path.join(source, 'city_block.json'), '{}');
  writeFileSync(path.join(source, 'inputs', 'depth.mp4'), 'video');
  const spec = workspace.saveSpec('run-1', 'job-1');
  expect(spec).toBe(path.join(workspace.root, 'spec', 'city_block.json'));
  expect(readFileSync(path.join(path.dirname(spec), 'inputs', 'depth.mp4'), 'utf8')).toBe('video');
});

test('in the end only the result is left, without a result nothing, with --keep all', () => {
  for (const hasResult of [true, false]) {
    const workspace = Workspace.create();
    onTestFinished(() => workspace.cleanUp(false));
    workspace.prepare();
    workspace.stateDir.create();
    workspace.cleanUp(hasResult);
    expect(existsSync(workspace.stateDir.root)).toBe(false);
    expect(existsSync(workspace.exports)).toBe(hasResult);
  }
  const kept = Workspace.create(tempDir());
  kept.stateDir.create();
  kept.cleanUp(true);
  expect(existsSync(kept.stateDir.root)).toBe(true);
});
