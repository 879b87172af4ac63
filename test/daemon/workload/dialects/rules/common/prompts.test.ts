import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

test('of prompt and prompt_path, prompt wins', () => {
  for (const spec of [goodTransfer25, goodCosmos3]) {
    const found = (change: object) => issuesOf(checked({ ...spec, ...change }), 'prompt_both');
    expect(found({ prompt_path: 'a.txt' })).toMatchObject([
      {
        severity: 'warning',
        path: ['prompt_path'],
        message: 'prompt_path is not used, because prompt is given too; the file must exist anyway',
      },
    ]);
    expect(found({ prompt_path: 'a.txt', prompt: undefined })).toEqual([]);
    expect(found({ prompt_path: null })).toEqual([]);
  }
});
