import { expect, test } from 'vitest';
import { translatedNotice } from '../../../extension/src/editor/spec-words.js';
import type { SpecLoss } from '../../../schemas/index.js';

const loss = (kind: SpecLoss['kind'], field: string, fix?: string): SpecLoss => ({
  ...{ kind, path: [field], message: `${field} has no match`, sample: 0 },
  ...(fix === undefined ? {} : { fix }),
});

test('what a translation could not keep is told, the graver first', () => {
  const losses = [loss('assumed', 'fps'), loss('dropped', 'guidance', 'Set it again.'), loss('changed', 'resolution')];
  expect(translatedNotice('cosmos3', losses)).toEqual({
    sentence: 'The text is one for Cosmos 3 now. One undo brings the old one back. Not the same are:',
    details: [
      'guidance (left out): guidance has no match. Set it again.',
      'resolution (changed): resolution has no match.',
      'fps (added): fps has no match.',
    ],
    actions: [],
  });
});

test('nothing lost is one sentence', () => {
  expect(translatedNotice('transfer2.5', [])).toEqual({
    sentence: 'The text is one for Transfer 2.5 now; nothing was lost.',
    actions: [],
  });
});
