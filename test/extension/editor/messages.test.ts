import { expect, test } from 'vitest';
import { FromPage } from '../../../extension/src/editor/messages.js';

test.each([
  { type: 'ready' },
  { type: 'edit', edit: { field: 'weight', block: 'edge', value: 0.5 } },
  { type: 'edit', edit: { field: 'seed', value: null } },
  { type: 'action', action: 'variation' },
  { type: 'reveal', line: 3, column: 1 },
])('%j is a message of the page', (message) => {
  expect(FromPage.parse(message)).toEqual(message);
});

test.each([
  { type: 'edit', edit: { field: 'weight', block: 'edge', value: 'x' } },
  { type: 'edit', edit: { field: 'output_dir', value: '/etc' } },
  { type: 'edit', edit: { field: 'model', value: 'other' } },
  { type: 'run', command: 'x' },
  'ready',
])('%j is none', (message) => {
  expect(FromPage.safeParse(message).success).toBe(false);
});
