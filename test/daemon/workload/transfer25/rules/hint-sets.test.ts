import { expect, test } from 'vitest';
import { actingWeights } from '../../../../../daemon/workload/transfer25/rules/hint-sets.js';
import { TRANSFER25_HINTS } from '../../../../../schemas/spec/transfer25.js';
import { checked, issuesOf } from '../../../../support/spec-check.js';
import { foundIn } from './good-spec.js';

type Hint = (typeof TRANSFER25_HINTS)[number];

function run(code: string, ...samples: Partial<Record<Hint, object>>[]) {
  const lines = samples.map((hints, index) =>
    JSON.stringify({ name: `shot${index}`, prompt: 'A street', video_path: 'color.mp4', ...hints }),
  );
  return issuesOf(checked(lines.join('\n'), { engine: 'transfer2.5', file: 'shots.jsonl' }), code);
}

function subsets(hints: readonly Hint[]): Hint[][] {
  const [first, ...rest] = hints;
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((set) => [set, [first, ...set]]);
}

test('of all combinations, exactly nine lose a control', () => {
  const lost = subsets(TRANSFER25_HINTS).flatMap((union) =>
    subsets(union)
      .filter((own) => own.length > 0)
      .flatMap((own) => {
        const acting = actingWeights(union, new Map(own.map((hint) => [hint, 1])));
        const gone = own.filter((hint) => acting.get(hint) === 0);
        return gone.length === 0 ? [] : [`${union.join('+')}: ${own.join('+')} loses ${gone.join('+')}`];
      }),
  );
  expect(lost.sort()).toEqual([
    'edge+depth: depth loses depth',
    'edge+vis+depth: depth loses depth',
    'edge+vis+depth: edge+depth loses depth',
    'edge+vis+depth: vis loses vis',
    'edge+vis+depth: vis+depth loses vis',
    'edge+vis+seg: vis loses vis',
    'edge+vis+seg: vis+seg loses vis',
    'edge+vis: vis loses vis',
    'vis+depth: depth loses depth',
  ]);
});

test('a sample that would lose its control is an error at its own line', () => {
  expect(run('mixed_hints', { edge: {} }, { depth: { control_weight: 0.8 } })).toMatchObject([
    {
      severity: 'error',
      path: ['depth', 'control_weight'],
      line: 2,
      message: 'beside samples with other controls, depth of "shot1" acts with weight 0, not 0.8',
      fix: 'Put samples with the same controls into one file.',
    },
  ]);
});

test('weights that change places are told with their values', () => {
  const found = run('mixed_hints', { edge: {} }, { vis: { control_weight: 0.3 }, depth: { control_weight: 0.6 } });
  expect(found.map(({ message }) => message)).toEqual([
    'beside samples with other controls, vis of "shot1" acts with weight 0, not 0.3',
    'beside samples with other controls, depth of "shot1" acts with weight 0.3, not 0.6',
  ]);
});

test('mixtures that lose nothing are silent', () => {
  expect(run('mixed_hints', { edge: {} }, { edge: {}, depth: {} })).toEqual([]);
  expect(run('mixed_hints', { edge: {}, vis: {} }, { edge: {}, vis: {} })).toEqual([]);
  expect(run('mixed_hints', { vis: {} }, { vis: {} })).toEqual([]);
  expect(run('mixed_hints', { seg: {} }, { edge: {}, depth: {} })).toEqual([]);
});

test('several controls in one run are told once', () => {
  const message =
    'edge, depth in one run load the model for several controls, not the one for edge alone: the same settings give another picture';
  expect(foundIn('multi_control_model', { depth: {} })).toMatchObject([
    { severity: 'info', path: [], line: 1, message },
  ]);
  expect(run('multi_control_model', { edge: {} }, { depth: {} }, { depth: {} })).toMatchObject([{ message }]);
  expect(run('multi_control_model', { edge: {} }, { edge: {} })).toEqual([]);
});
