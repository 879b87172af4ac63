import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { insideOf } from '../../../../daemon/workload/dialects/inside.js';
import { tempDir } from '../../../support/tmp.js';

test('paths below the root are inside, whatever way they are written; links do not lead out', () => {
  const base = tempDir();
  const root = path.join(base, 'watched');
  mkdirSync(path.join(root, 'shot'), { recursive: true });
  mkdirSync(path.join(base, 'secret'));
  writeFileSync(path.join(base, 'secret', 'a.mp4'), '');
  symlinkSync(path.join(base, 'secret'), path.join(root, 'shot', 'link'), 'dir');
  const inside = insideOf(path.join(root, 'shot', 'spec.json'), root);
  const answers = Object.fromEntries(
    [
      'a.mp4',
      './a.mp4',
      '../b.mp4',
      path.join(root, 'c.mp4'),
      '../../secret/a.mp4',
      '/etc/passwd',
      'link/a.mp4',
      'link/new.mp4',
    ].map((named) => [path.isAbsolute(named) ? path.basename(named) : named, inside(named)]),
  );
  expect(answers).toEqual({
    'a.mp4': true,
    './a.mp4': true,
    '../b.mp4': true,
    'c.mp4': true,
    '../../secret/a.mp4': false,
    passwd: false,
    'link/a.mp4': false,
    'link/new.mp4': false,
  });
});
