import { expect, test } from 'vitest';
import { renderRules } from '../../../../../daemon/cli/output/rules-view.js';
import { RULES } from '../../../../../daemon/workload/dialects/rules/all.js';
import { runCosmos } from '../../../../support/cosmos.js';
import { fakeDoor } from '../../../../support/doors.js';
import { tempDir } from '../../../../support/tmp.js';

test('programs get one array with every rule, and those of one engine when asked', async () => {
  const stateDir = tempDir();
  const [all, some] = await Promise.all([
    runCosmos({ stateDir }, 'spec', 'rules', '--json'),
    runCosmos({ stateDir }, 'spec', 'rules', '--engine', 'cosmos3', '--json'),
  ]);
  const rules: { code: string; engine: string }[] = JSON.parse(all.stdout);
  expect(rules).toHaveLength(RULES.length);
  expect(rules.find(({ code }) => code === 'chunk_size')).toEqual({
    code: 'chunk_size',
    engine: 'transfer2.5',
    severity: expect.stringMatching(/^(error|warning|info)$/),
    sentence: expect.stringMatching(/\.$/),
    costs: { kind: 'late failure', text: expect.any(String) },
    source: expect.stringContaining(':'),
  });
  const engines = new Set((JSON.parse(some.stdout) as typeof rules).map(({ engine }) => engine));
  expect(engines).toEqual(new Set(['both', 'cosmos3']));
  expect([all.code, some.code, all.stderr]).toEqual([0, 0, '']);
});

test('people get them by engine', async () => {
  const { stdout, code } = await runCosmos({ stateDir: tempDir() }, 'spec', 'rules');
  const heads = stdout.split('\n').filter((line) => /^\S/.test(line));
  expect(heads.map((line) => line.replace(/\d+ rules$/, 'n rules'))).toEqual([
    'Both models  n rules',
    'Transfer 2.5  n rules',
    'Cosmos 3  n rules',
  ]);
  expect(code).toBe(0);
});

test('a sentence that does not fit goes on below itself, with its source under it', () => {
  const rule = {
    code: 'late',
    engine: 'cosmos3',
    severity: 'error',
    sentence: 'The run stops after the model was loaded and nothing is kept of it.',
    costs: { kind: 'late failure', text: 'All.' },
    source: 'a.py:1',
  } as const;
  expect(renderRules([rule], fakeDoor({ width: 76, color: false }).door)).toEqual([
    'Cosmos 3  1 rule',
    '  late  error    late failure    The run stops after the model was loaded',
    '                                 and nothing is kept of it.',
    '                                 a.py:1',
  ]);
});
