import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SpecChecks } from '../../../daemon/prepare/spec-checks.js';
import type { Watch } from '../../../schemas/index.js';
import { media } from '../../support/spec-check.js';
import { tempDir } from '../../support/tmp.js';

const spec = { name: 'lot', prompt: 'A street', video_path: 'color.mp4', edge: { control_path: '../edge.mp4' } };

function setup(watched: boolean) {
  const folder = tempDir();
  const shot = path.join(folder, 'shot');
  mkdirSync(shot);
  writeFileSync(path.join(shot, 'color.mp4'), 'x');
  writeFileSync(path.join(folder, 'edge.mp4'), 'x');
  const watch: Watch = {
    ...{ path: watched ? shot : '/elsewhere', mode: 'tree', settle: 5, poll: false, autoSend: false },
    ...{ preset: null, fps: 24, source: 'added', state: 'online' },
  };
  const look = async () => ({
    media: (named: string) => (named === 'color.mp4' ? media(48) : media(40)),
    unreadable: () => undefined,
  });
  const checks = new SpecChecks({ media: { look }, folders: { list: () => [watch] } });
  return checks.check(path.join(shot, 'spec.json'), JSON.stringify(spec));
}

test('a client hears of frames that do not fit', async () => {
  const { issues } = await setup(false);
  expect(issues.map(({ code }) => code)).toContain('frames_differ');
  expect(issues.map(({ code }) => code)).not.toContain('outside_root');
});

test('a spec in a watched folder may not read beyond it', async () => {
  const { ok, issues } = await setup(true);
  expect(ok).toBe(false);
  expect(issues).toContainEqual(expect.objectContaining({ code: 'outside_root', path: ['edge', 'control_path'] }));
});
