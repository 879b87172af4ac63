import { expect, test } from 'vitest';
import { FromPage, keptIn } from '../../../extension/src/editor/messages.js';

test.each([
  { type: 'ready' },
  { type: 'edit', edit: { field: 'weight', block: 'edge', value: 0.5 } },
  { type: 'edit', edit: { field: 'seed', value: null } },
  { type: 'action', action: 'variation' },
  { type: 'reveal', line: 3, column: 1 },
  { type: 'edit', edit: { field: 'preset', value: '' } },
  { type: 'repair', code: 'weight_sum', says: 'Write edge 0.5.' },
  { type: 'action', action: 'send' },
])('%j is a message of the page', (message) => {
  expect(FromPage.parse(message)).toEqual(message);
});

test.each([
  { type: 'edit', edit: { field: 'weight', block: 'edge', value: 'x' } },
  { type: 'edit', edit: { field: 'output_dir', value: '/etc' } },
  { type: 'edit', edit: { field: 'model', value: 'other' } },
  { type: 'run', command: 'x' },
  { type: 'action', action: 'workbench.action.quit' },
  { type: 'repair', code: 'weight_sum', says: 'x', edits: [] },
  { type: 'edit', edit: { field: 'weights', values: { edge: -1 } } },
  'ready',
])('%j is none', (message) => {
  expect(FromPage.safeParse(message).success).toBe(false);
});

test('what a page kept is read as strictly', () => {
  const kept = { kind: 'clip', id: 'c1', options: { weights: { edge: 0.4 }, prompt: 'Rain' } };
  expect(keptIn(kept)).toEqual(kept);
  for (const other of [undefined, { job: 'j1' }, { ...kept, kind: 'host' }, { ...kept, options: { engine: 'x' } }]) {
    expect(keptIn(other)).toBeUndefined();
  }
});
