import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rulePage } from '../../../extension/src/spec/rules.js';

const rules = readFileSync(new URL('../../../docs/SPEC-RULES.md', import.meta.url), 'utf8');

test('every rule of the document has a page of its own, for its engine', () => {
  const headings = [...rules.matchAll(/^### (\S+)(?: \((.*)\))?$/gm)];
  expect(headings.length).toBeGreaterThan(100);
  for (const [heading, code = '', engine] of headings) {
    const page = rulePage(rules, code, engine === 'cosmos3' ? 'cosmos3' : 'transfer2.5');
    expect(page?.startsWith(`${heading}\n`)).toBe(true);
    expect(page).toContain('- source: ');
    expect(page?.match(/^##/gm)).toHaveLength(1);
  }
});

test('engines may share a code; what is no rule has no page', () => {
  expect(rulePage(rules, 'chunk_count', 'cosmos3')).toContain('(cosmos3)');
  expect(rulePage(rules, 'chunk_count', 'transfer2.5')).toContain('(transfer2.5)');
  expect(rulePage(rules, 'path_not_file', 'transfer2.5')).toBeUndefined();
});
