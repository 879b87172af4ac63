import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RULES } from '../../../../daemon/workload/dialects/rules/all.js';
import { commonRule, cosmos3Rule, transfer25Rule } from '../../../../daemon/workload/dialects/rules/rule.js';
import { rulesDocument } from '../../../../daemon/workload/dialects/rules-doc.js';
import { Dialect } from '../../../../schemas/index.js';

const committed = fileURLToPath(new URL('../../../../docs/SPEC-RULES.md', import.meta.url));

test('docs/SPEC-RULES.md is what the table of rules says; if not: npm run build && npm run schemas', () => {
  expect(readFileSync(committed, 'utf8') === rulesDocument(RULES), 'docs/SPEC-RULES.md is stale').toBe(true);
});

const info = { severity: 'error', source: '_src/a.py:1', check: () => [] } as const;

test('rules stand under their engine, and once in the table of costs', () => {
  const document = rulesDocument([
    cosmos3Rule({ ...info, code: 'late', says: 'Late.', costs: { kind: 'late failure', text: 'After | loading.' } }),
    transfer25Rule({ ...info, code: 'stuck', says: 'Stuck.', costs: { kind: 'hang', text: 'Never ends.' } }),
    commonRule({ ...info, code: 'shared', says: 'Shared.', costs: { kind: 'hang', text: 'In <both>.' } }),
  ]);
  expect(document.split('\n').filter((line) => line.startsWith('| ['))).toEqual([
    '| [stuck](#stuck-transfer25) | Transfer 2.5 | hang | Never ends. |',
    '| [shared](#shared) | Transfer 2.5, Cosmos 3 | hang | In \\<both>. |',
    '| [late](#late-cosmos3) | Cosmos 3 | late failure | After \\| loading. |',
  ]);
  expect(document.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# Preflight rules',
    '## What each rule would have cost',
    '## Rules for both models',
    '### shared',
    '## Rules for Transfer 2.5',
    '### stuck (transfer2.5)',
    '## Rules for Cosmos 3',
    '### late (cosmos3)',
  ]);
  expect(document).toContain('**error** Late.\n\n- would have cost: late failure. After | loading.\n');
  expect(document).toContain('- source: \\_src/a.py:1\n');
});

test('an engine has every code once, and every sentence ends', () => {
  for (const engine of Dialect.options) {
    const codes = RULES.filter(({ engines }) => engines.includes(engine)).map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(codes.filter((code) => !/^[a-z][a-z0-9_]*$/.test(code))).toEqual([]);
  }
  const open = RULES.filter(({ says, costs }) => ![says, costs.text].every((text) => /[.?)]$/.test(text)));
  expect(open.map(({ code }) => code)).toEqual([]);
  expect(RULES.filter(({ source }) => source === '').map(({ code }) => code)).toEqual([]);
});
