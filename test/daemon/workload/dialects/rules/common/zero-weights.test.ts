import { expect, test } from 'vitest';
import { goodTransfer25 } from '../../../../../support/good-specs.js';
import { checked, issuesOf } from '../../../../../support/spec-check.js';

const found = (change: object) => issuesOf(checked({ ...goodTransfer25, ...change }), 'weight_zero');

test('a control with weight 0 beside others is loaded for nothing', () => {
  expect(found({ depth: { control_weight: 0 } })).toMatchObject([
    {
      severity: 'warning',
      path: ['depth', 'control_weight'],
      message: 'depth has weight 0: it does nothing, but its video is loaded, and so is the model for several controls',
      fix: 'Remove the whole "depth" block.',
    },
  ]);
  expect(found({ depth: { control_weight: 0.01 } })).toEqual([]);
  expect(found({ edge: { control_weight: 0 } })).toEqual([]);
});
