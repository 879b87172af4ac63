import { expect, test } from 'vitest';
import { redact } from '../../../../daemon/cli/doctor/bundle.js';
import { sampleJob } from '../../../support/samples.js';

test('prompts are removed wherever they are', () => {
  const job = JSON.parse(JSON.stringify(sampleJob()));
  job.settings.promptOverridden = [{ source: 'preset', prompt: 'secret idea' }];
  job.settings.set = { negative_prompt: 'blurry', seed: 7 };
  const text = JSON.stringify(redact({ jobs: [job], nothing: null }));
  for (const secret of ['a city block', 'secret idea', 'blurry']) expect(text).not.toContain(secret);
  expect(text).toContain('"seed":7');
  expect(text).toContain('"promptSource":"submit"');
});
