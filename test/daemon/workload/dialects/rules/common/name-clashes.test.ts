import { expect, test } from 'vitest';
import { goodCosmos3, goodTransfer25, lines } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const found = (code: string, ...samples: object[]) => issuesOf(checked(lines(...samples), { file: 'all.jsonl' }), code);
const t25 = (name: string, change: object = {}) => ({ ...goodTransfer25, ...change, name });
const c3 = (name: string) => ({ ...goodCosmos3, name });

test('cosmos3: the second sample of a name overwrites the first', () => {
  expect(found('name_twice', c3('a'), c3('b'), c3('a'))).toMatchObject([
    {
      severity: 'error',
      path: ['name'],
      line: 3,
      message: 'sample 1 is called "a" too, and would lose its outputs',
    },
  ]);
  expect(found('name_twice', c3('a'), c3('b'))).toEqual([]);
});

test('cosmos3: a sample without a name takes the stem of the file and its number', () => {
  const { name: _, ...nameless } = goodCosmos3;
  expect(found('name_twice', nameless, c3('all_0'))).toMatchObject([{ line: 2 }]);
  expect(found('name_twice', nameless, nameless)).toEqual([]);
});

test('transfer2.5: the same name is an error of NVIDIA, which is not said twice', () => {
  const report = checked(lines(t25('a'), t25('a')), { file: 'all.jsonl' });
  expect(report.nvidia).toBe('rejects');
  expect(issuesOf(report, 'name_twice')).toEqual([]);
});

test('names that differ in capitals are one on other systems', () => {
  expect(found('name_twice', t25('Lot'), t25('lot'))).toMatchObject([
    { severity: 'warning', line: 2, message: '"lot" and "Lot" of sample 1 are one file on Windows and macOS' },
  ]);
});

test('transfer2.5: a name that is a side file of another sample', () => {
  expect(found('name_clash', t25('lot'), t25('lot_control_edge'))).toMatchObject([
    {
      severity: 'error',
      path: ['name'],
      line: 2,
      message:
        '"lot_control_edge" is also the name of a video that the sample "lot" writes; one would overwrite the other',
    },
  ]);
  expect(found('name_clash', t25('lot'), t25('lot_control_depth'))).toEqual([]);
  expect(found('name_clash', c3('lot'), c3('lot_control_depth'))).toEqual([]);
});

test('transfer2.5: masks are written when they are made from words, or guide', () => {
  const words = { edge: { mask_prompt: 'the car' } };
  expect(found('name_clash', t25('lot', words), t25('lot_mask_edge'))).toHaveLength(1);
  const file = { edge: { mask_path: 'mask.mp4', mask_prompt: 'the car' } };
  expect(found('name_clash', t25('lot', file), t25('lot_mask_edge'))).toEqual([]);
  const guided = { guided_generation_mask: 'mask.mp4' };
  expect(found('name_clash', t25('lot', guided), t25('lot_mask_guided_generation'))).toHaveLength(1);
});
