import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { redact, writeBundle } from '../../../../daemon/cli/doctor/bundle.js';
import { systemClock } from '../../../../daemon/clock.js';
import { StateDir } from '../../../../daemon/state-dir.js';
import { sampleJob } from '../../../support/samples.js';
import { tempDir } from '../../../support/tmp.js';

vi.mock('../../../../daemon/version.js', () => ({ packageVersion: () => '0.1.0' })); // it is found from dist/ only

test('prompts are removed wherever they are', () => {
  const job = JSON.parse(JSON.stringify(sampleJob()));
  job.settings.promptOverridden = [{ source: 'preset', prompt: 'secret idea' }];
  job.settings.set = { negative_prompt: 'blurry', seed: 7 };
  const text = JSON.stringify(redact({ jobs: [job], nothing: null }));
  for (const secret of ['a city block', 'secret idea', 'blurry']) expect(text).not.toContain(secret);
  expect(text).toContain('"seed":7');
  expect(text).toContain('"promptSource":"submit"');
});

test('a bundle is for its owner alone, and is never written through a link or over a file', async () => {
  const folder = tempDir();
  const config = path.join(folder, 'cosmos.toml');
  writeFileSync(config, '');
  const place = { stateDir: new StateDir(path.join(folder, 'state')), clock: systemClock, config };
  const file = await writeBundle({ ...place, now: 1 }, [], folder);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ daemon: 'not running', log: [] });

  const target = path.join(folder, 'target');
  symlinkSync(target, path.join(folder, 'cosmos-doctor-2.json'));
  const refused = {
    code: 'usage',
    message: expect.stringMatching(/cosmos-doctor-\d\.json is there already; give the command/),
  };
  await expect(writeBundle({ ...place, now: 2 }, [], folder)).rejects.toMatchObject(refused);
  await expect(writeBundle({ ...place, now: 1 }, [], folder)).rejects.toMatchObject(refused);
  expect(existsSync(target)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith('cosmos-doctor'))).toHaveLength(2);
});
