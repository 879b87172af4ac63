import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../daemon/clock.js';
import { LocalHost } from '../../../daemon/host/local/local.js';
import { withEvidence } from '../../../daemon/run/evidence.js';
import { tempDir } from '../../support/tmp.js';

test('files that an engine judges by come with the end of their text; the others only with their size', async () => {
  const host = new LocalHost({ clock: systemClock, root: tempDir() });
  const out = path.join(host.runFolder('run-1'), 'out');
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'debug.log'), `${'x'.repeat(300_000)}the end`);
  writeFileSync(path.join(out, 'video.mp4'), 'video');
  const scratch = tempDir();
  const wanted = ['out/debug.log', 'out/away.json'];
  const files = await withEvidence(host, 'run-1', wanted, scratch, new AbortController().signal);
  const debug = files.find((file) => file.path === 'out/debug.log');
  expect(debug).toMatchObject({ bytes: 300_007 });
  expect(debug?.text).toHaveLength(256 * 1024);
  expect(debug?.text?.endsWith('the end')).toBe(true);
  expect(files.find((file) => file.path === 'out/video.mp4')).toEqual({ path: 'out/video.mp4', bytes: 5 });
  expect(existsSync(path.join(scratch, 'evidence'))).toBe(false);
});
