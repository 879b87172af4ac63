import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkMount, checkSpace, checkState } from '../../../../daemon/cli/doctor/state.js';
import { StateDir } from '../../../../daemon/state-dir.js';
import { tempDir } from '../../../support/tmp.js';

test('a folder of one`s own is well', async () => {
  const findings = await checkState(new StateDir(path.join(tempDir(), 'state')));
  expect(findings.map(({ name }) => name)).toEqual(['State folder', 'Mount', 'Space']);
  expect(findings[0]?.level).toBe('ok');
});

test('a folder that cannot be made fails with a remedy', async () => {
  const file = path.join(tempDir(), 'file');
  writeFileSync(file, '');
  mkdirSync(path.dirname(file), { recursive: true });
  const [finding] = await checkState(new StateDir(path.join(file, 'state')));
  expect(finding).toMatchObject({ level: 'fail', remedy: expect.stringContaining('--state-dir') });
});

test('network mounts fail', () => {
  expect(checkMount(undefined).level).toBe('ok');
  expect(checkMount('nfs4')).toMatchObject({ level: 'fail', message: expect.stringContaining('nfs4') });
});

test('little space is a warning', () => {
  expect(checkSpace(1_000_000_000)).toMatchObject({ level: 'warn', message: '1 GB free' });
  expect(checkSpace(50_000_000_000).level).toBe('ok');
});
